import { Dialog } from "../shell/dialog.tsx";
import type { ShortcutGroup } from "../messages/index.ts";
import { useDesk } from "./desk.ts";
import { shortcuts } from "./keyboard.ts";

const groups: readonly ShortcutGroup[] = ["move", "run", "write", "kernel"];

export function ShortcutsSheet() {
  const { messages, shortcutsOpen, singleKeys, services } = useDesk();
  const words = messages.value;
  return (
    <Dialog
      title={words.shortcuts}
      closeLabel={words.close}
      open={shortcutsOpen.value}
      onClose={() => (shortcutsOpen.value = false)}
      class="shortcuts"
    >
      <div class="shortcut-groups">
        {groups.map((group) => (
          <section key={group}>
            <h3>{words.shortcutGroups[group]}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map(({ name, keys, twice }) => (
                  <div key={name}>
                    <dt>{words.shortcutNames[name]}</dt>
                    <dd>
                      {keys.map((combination) => (
                        <KeyCombination key={combination} keys={combination} />
                      ))}
                      {twice && <span class="shortcut-twice">{words.twice}</span>}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label class="shortcut-setting">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => services.chooseSingleKeys(event.currentTarget.checked)}
        />
        {words.singleKeys}
      </label>
    </Dialog>
  );
}

function KeyCombination({ keys }: { readonly keys: string }) {
  return (
    <span class="keys">
      {keys.split(" ").map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
