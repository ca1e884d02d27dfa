// The button that prints, and the line of the printed page that says when it was printed. Without scripts there is neither.

/** Shows `<button data-print hidden>`, which the browser's own menu replaces where no script runs. */
export function offerPrinting(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
}

export function stampPrintTime(root: ParentNode): void {
  const places = root.querySelectorAll<HTMLElement>('[data-printed-at]')
  if (places.length === 0) return
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })
  window.addEventListener('beforeprint', () => {
    for (const place of places) place.textContent = `Printed ${format.format(new Date())}`
  })
}
