// What moves under a pressed pointer takes the press away: it is let go over something else, and nothing is clicked. Leaving a box
// by pressing a button is the usual case, since what is told beside the box then comes or goes. So pieces of a page are put in their
// places between presses only.
let pressed = false;
const waiting: (() => void)[] = [];

function release(): void {
  pressed = false;
  for (const act of waiting.splice(0)) act();
}

document.addEventListener("pointerdown", () => { pressed = true; }, true);
// The click comes with the letting go, so it is behind us in the next turn.
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => window.setTimeout(release), true);
window.addEventListener("blur", release);

// At once, or when the pointer is let go.
export function whenReleased(act: () => void): void {
  if (pressed) waiting.push(act);
  else act();
}
export const isPressed = (): boolean => pressed;
