import type { BackendName } from "../../../kernels/runtime/protocol.ts";
import { findFastest } from "../kernel/measure-backends.ts";
import type { BackendTimes } from "../kernel/measure-backends.ts";
import { formatBytes } from "../sizes.ts";
import { getWords } from "../language.ts";
import type { Messages } from "../messages/index.ts";
import type { Backend, BackendChoice, KernelStatus } from "../session/index.ts";
import { Menu } from "../shell/menu.tsx";
import type { MenuItem } from "../shell/menu.tsx";
import { useDesk } from "./desk.ts";
import type { Desk } from "./desk.ts";

const choices: readonly BackendChoice[] = ["auto", "wasm", "webgl", "webgpu", "cpu"];

/**
 * The kernel's state, what it computes with and what it holds; its menu changes the backend, takes back the hosts that
 * the reader has allowed, and restarts it.
 */
export function KernelMenu() {
  const desk = useDesk();
  const { session, messages, language } = desk;
  const words = messages.value;
  const backend = session.backend.value;
  const memory = session.memory.value;
  const status = getStatusWords(session.kernel.value, { busy: session.busy.value, messages: words });
  const size = memory && formatBytes(memory.bytes);

  const header = (
    <>
      <strong>{status}</strong>
      {backend && (
        <span>
          {words.backendNames[backend.name]} {words.backendDetail(getInstructions(backend), backend.threads)}
        </span>
      )}
      {memory && size && <span>{words.memory(memory.tensors.toLocaleString(language.value), size)}</span>}
      {getTimes(session.backendTimes.value, words).map((line) => (
        <span key={line}>{line}</span>
      ))}
      {backend?.note && <span>{getWords(backend.note, language.value)}</span>}
      <span class="menu-hint">{words.backendHint}</span>
    </>
  );
  return (
    <Menu
      label={`${words.kernel}: ${status}`}
      items={getKernelItems(desk)}
      header={header}
      class="kernel-menu"
    >
      <span class="kernel-dot" data-status={session.busy.value ? "busy" : session.kernel.value} />
      <span class="kernel-words">
        {backend ? getShortName(backend.name) : status}
        {size && <span class="kernel-memory">{size}</span>}
      </span>
    </Menu>
  );
}

export function getKernelItems({
  session,
  messages,
  hosts,
}: Pick<Desk, "session" | "messages" | "hosts">): readonly MenuItem[] {
  const words = messages.value;
  const fastest = findFastest(session.backendTimes.value ?? {});
  const backends = choices.map((name) => ({
    label: name === "auto" ? getAutoLabel(fastest, words) : words.backendNames[name],
    checked: session.chosenBackend.value === name,
    onSelect: () => void session.setBackend(name),
  }));
  const removals = hosts.list.value.map((host, index) => ({
    label: words.removeHost(host),
    apart: index === 0,
    onSelect: () => hosts.remove(host),
  }));
  const restart = { label: words.restart, keys: "0 0", apart: true, onSelect: () => void session.restart() };
  return [...backends, ...removals, restart];
}

function getAutoLabel(fastest: BackendName | undefined, words: Messages): string {
  return fastest ? words.backendAutoNow(getShortName(fastest)) : words.backendAuto;
}

/** What was measured, the fastest first. */
function getTimes(times: BackendTimes | undefined, words: Messages): readonly string[] {
  const entries = Object.entries(times ?? {}) as [BackendName, number][];
  return entries
    .sort(([, a], [, b]) => a - b)
    .map(([name, ms]) => words.backendTime(getShortName(name), ms.toPrecision(2)));
}

function getStatusWords(
  status: KernelStatus,
  { busy, messages }: { busy: boolean; messages: Messages },
): string {
  switch (status) {
    case "off":
      return messages.kernelOff;
    case "starting":
      return messages.kernelStarting;
    case "ready":
      return busy ? messages.kernelBusy : messages.kernelReady;
    case "failed":
      return messages.kernelFailed;
    default:
      return status satisfies never;
  }
}

/** What the CPU is used for, the same in every language. FMA: it multiplies and adds in one instruction. */
function getInstructions({ simd, fma }: Backend): string {
  if (!simd) return "";
  return fma ? "SIMD + FMA" : "SIMD";
}

/** The technical name, the same in every language. */
function getShortName(name: BackendName): string {
  return { wasm: "Wasm", webgl: "WebGL", webgpu: "WebGPU", cpu: "CPU" }[name];
}
