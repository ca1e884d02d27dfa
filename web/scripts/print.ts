// The line of the printed page that says when it was printed. Without scripts the line is left out.

export function stampPrintTime(root: ParentNode): void {
  const places = root.querySelectorAll<HTMLElement>('[data-printed-at]')
  if (places.length === 0) return
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })
  window.addEventListener('beforeprint', () => {
    for (const place of places) place.textContent = `Printed ${format.format(new Date())}`
  })
}
