import { getCellAnchor } from "../addresses.ts";
import { useDesk } from "../lecture/desk.ts";
import type { CellModel } from "../session/index.ts";
import { MoreIcon } from "../shell/icons.tsx";
import { Menu } from "../shell/menu.tsx";

export function CellMenu({ model }: { readonly model: CellModel }) {
  const desk = useDesk();
  const { session, messages, services } = desk;
  const words = messages.value;
  const { folded } = desk.getFace(model.id);
  const locked = session.locks.value.has(model.id);
  return (
    <Menu
      label={words.cellMenu(model.id)}
      class="cell-menu needs-script"
      items={[
        { label: words.edit, keys: "Enter", onSelect: () => desk.edit(model.id) },
        {
          label: words.runToHere,
          keys: "Ctrl Shift Enter",
          disabled: locked,
          onSelect: () => void session.runTo(model.id),
        },
        {
          label: folded.value ? words.unfold : words.fold,
          onSelect: () => (folded.value = !folded.value),
        },
        { label: words.copyLink, onSelect: () => void services.copyLink(getCellAnchor(model.id)) },
        {
          label: words.backToOriginal,
          apart: true,
          disabled: !model.edited.value,
          onSelect: () => session.revert(model.id),
        },
      ]}
    >
      <MoreIcon />
    </Menu>
  );
}
