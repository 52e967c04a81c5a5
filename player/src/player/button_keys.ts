/**
 * For `keydown` on the browser's own buttons inside the controller: space and Enter press them, and must not reach
 * media-chrome, which would keep the press from the button and pause the picture instead.
 */
export function keep_press(event: KeyboardEvent): void {
  if (event.key === ' ' || event.key === 'Enter') {
    event.stopPropagation();
  }
}
