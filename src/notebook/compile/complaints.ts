import type { CellProblem } from "../../../kernels/runtime/program.ts";
import type { ProblemCode } from "./codes.ts";
import type { Construct } from "./erasable.ts";
import type { Forbidden } from "./forbidden.ts";
import { importableModules } from "./modules.ts";
import { maybeNearest } from "./nearest.ts";
import { koreanSyntaxMessage } from "./syntaxMessages.ts";

/** What is wrong, in words; where, and in which cells, is the caller's to say. */
export interface Complaint extends Pick<CellProblem, "text"> {
  readonly code: ProblemCode;
}

/** `number` is TypeScript's own for the message, where the fault was found by TypeScript. */
export function syntaxError(message: string, number?: number): Complaint {
  return {
    code: "syntax-error",
    text: {
      en: `This cell is not valid TypeScript: ${sentence(message)}`,
      ko: `이 셀은 올바른 TypeScript가 아닙니다: ${koreanSyntaxMessage(message, number)}`,
    },
  };
}

export function declaredTwice(name: string): Complaint {
  return {
    code: "syntax-error",
    text: {
      en: `\`${name}\` is declared twice in this cell. Give one of the two another name.`,
      ko: `\`${name}\`이(가) 이 셀에서 두 번 선언되었습니다. 둘 중 하나의 이름을 바꿔야 합니다.`,
    },
  };
}

export function argumentsOutsideFunction(): Complaint {
  return {
    code: "syntax-error",
    text: {
      en: "`arguments` is only there inside a `function`. Give the function's parameters names instead.",
      ko: "`arguments`는 `function` 안에서만 쓸 수 있습니다. 함수의 매개변수에 이름을 붙여 사용해야 합니다.",
    },
  };
}

export function forbidden(construct: Forbidden["construct"]): Complaint {
  switch (construct) {
    case "export":
      return {
        code: "export-in-cell",
        text: {
          en: "A cell cannot `export`: what it declares can already be read by every other cell. Remove the word `export`.",
          ko: "셀에서는 `export`를 쓸 수 없습니다. 셀에서 선언한 이름은 이미 다른 모든 셀에서 읽을 수 있으므로 `export`를 지우면 됩니다.",
        },
      };
    case "yield":
      return {
        code: "yield-in-cell",
        text: {
          en: "`yield` is only there inside a generator. Write one and call it: `const x = (function* () { … yield … })()`; the cells that read `x` see its latest value.",
          ko: "`yield`는 제너레이터 안에서만 쓸 수 있습니다. `const x = (function* () { … yield … })()`처럼 제너레이터를 만들어 호출하면 `x`를 읽는 셀이 가장 최근 값을 봅니다.",
        },
      };
    case "return":
      return {
        code: "syntax-error",
        text: {
          en: "`return` is only there inside a function. A cell shows the value of its one expression, or what it passes to `display(…)`.",
          ko: "`return`은 함수 안에서만 쓸 수 있습니다. 셀은 하나의 식으로 된 값이나 `display(…)`에 넘긴 값을 보여 줍니다.",
        },
      };
    case "import.meta":
      return {
        code: "syntax-error",
        text: {
          en: "A cell is not a file of its own, so it has no `import.meta`. Read the course's data with `gongbu/data`, or a file with `fetch(…)`.",
          ko: "셀은 별도의 파일이 아니므로 `import.meta`가 없습니다. 강의 데이터는 `gongbu/data`로, 파일은 `fetch(…)`로 읽을 수 있습니다.",
        },
      };
    default:
      return construct satisfies never;
  }
}

export function notErasable(construct: Construct): Complaint {
  const { en, ko } = repairs[construct];
  return {
    code: "not-erasable",
    text: {
      en: `A cell runs as JavaScript once its types are taken away, and ${en}`,
      ko: `셀은 타입을 지운 뒤 JavaScript로 실행됩니다. ${ko}`,
    },
  };
}

const repairs: Readonly<Record<Construct, { en: string; ko: string }>> = {
  enum: {
    en: "an `enum` is more than a type. Write an object: `const Color = { red: 0, blue: 1 } as const`.",
    ko: "`enum`은 타입만이 아니므로 지울 수 없습니다. `const Color = { red: 0, blue: 1 } as const`처럼 객체로 써야 합니다.",
  },
  namespace: {
    en: "a `namespace` with values is more than a type. Write an object, or declare the names in the cell itself.",
    ko: "값이 든 `namespace`는 타입만이 아니므로 지울 수 없습니다. 객체로 쓰거나 셀에서 이름을 바로 선언해야 합니다.",
  },
  "parameter property": {
    en: "`public`, `private`, `protected`, `readonly` or `override` on a constructor's parameter makes a field. Declare the field in the class and assign it in the constructor.",
    ko: "생성자 매개변수 앞의 `public`, `private`, `protected`, `readonly`, `override`는 필드를 만드는 코드입니다. 클래스에 필드를 선언하고 생성자에서 값을 넣어야 합니다.",
  },
  "import =": {
    en: '`import x = …` is code of its own. Write `import { x } from "…"`.',
    ko: '`import x = …`는 지울 수 없는 코드입니다. `import { x } from "…"`로 써야 합니다.',
  },
  "export =": {
    en: "`export =` is code of its own. Remove it: every other cell can already read what this cell declares.",
    ko: "`export =`는 지울 수 없는 코드입니다. 셀에서 선언한 이름은 이미 다른 셀에서 읽을 수 있으므로 지우면 됩니다.",
  },
  decorator: {
    en: "a decorator is not JavaScript that browsers know yet. Call the function yourself instead of writing `@…`.",
    ko: "데코레이터는 아직 브라우저가 아는 JavaScript가 아닙니다. `@…` 대신 함수를 직접 호출해야 합니다.",
  },
  "angle-bracket assertion": {
    en: "`<T>value` cannot be taken away in place. Write `value as T`.",
    ko: "`<T>value`는 제자리에서 지울 수 없습니다. `value as T`로 써야 합니다.",
  },
  "assertion among operators": {
    en: "without this `as` or `satisfies` the operators around it would group differently. Put the assertion between parentheses: `(value as T)`.",
    ko: "이 `as`나 `satisfies`를 지우면 주변 연산자가 다르게 묶입니다. `(value as T)`처럼 괄호로 감싸야 합니다.",
  },
  using: {
    en: "`using` is not JavaScript that every browser knows yet. Write `const`, and free what it holds when `invalidation` resolves.",
    ko: "`using`은 아직 모든 브라우저가 아는 JavaScript가 아닙니다. `const`로 쓰고, `invalidation`이 이행될 때 자원을 해제해야 합니다.",
  },
};

export function unknownImport(module: string): Complaint {
  const nearest = maybeNearest(module, importableModules);
  const all = importableModules.map((name) => `"${name}"`).join(", ");
  return {
    code: "unknown-import",
    text: {
      en: `There is no module "${module}" for cells.${nearest ? ` Did you mean "${nearest}"?` : ""} A cell can import ${all}.`,
      ko: `셀에서 가져올 수 있는 "${module}" 모듈이 없습니다.${nearest ? ` "${nearest}"을(를) 쓰려던 것인지 확인해 보십시오.` : ""} 셀에서 가져올 수 있는 모듈은 ${all}입니다.`,
    },
  };
}

export function computedImport(): Complaint {
  return {
    code: "unknown-import",
    text: {
      en: '`import(…)` in a cell takes one module\'s name between quotes, as in `await import("gongbu/nn")`: the kernel fetches it before the cell runs.',
      ko: '셀의 `import(…)`에는 `await import("gongbu/nn")`처럼 모듈 이름 하나를 따옴표로 써야 합니다. 커널이 셀을 실행하기 전에 모듈을 가져오기 때문입니다.',
    },
  };
}

export function assignedElsewhere(name: string): Complaint {
  return {
    code: "assigned-elsewhere",
    text: {
      en: `This cell does not declare \`${name}\`, so it cannot assign to it: a name is changed only in the cell that declares it. Declare one here (\`let ${name} = …\`, under a name that no other cell has), or move this line to the cell that declares \`${name}\`.`,
      ko: `이 셀은 \`${name}\`을(를) 선언하지 않았으므로 값을 넣을 수 없습니다. 이름의 값은 그 이름을 선언한 셀에서만 바꿀 수 있습니다. 다른 셀에 없는 이름으로 \`let …\`을 여기에 선언하거나, 이 줄을 \`${name}\`을(를) 선언한 셀로 옮겨야 합니다.`,
    },
  };
}

export function reservedName(name: string): Complaint {
  return {
    code: "reserved-name",
    text: {
      en: `\`${name}\` already means something in every cell, so a cell cannot declare it. Choose another name, for instance \`my${capitalized(name)}\`.`,
      ko: `\`${name}\`은(는) 모든 셀에서 이미 정해진 뜻이 있으므로 셀에서 선언할 수 없습니다. \`my${capitalized(name)}\`처럼 다른 이름을 써야 합니다.`,
    },
  };
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
