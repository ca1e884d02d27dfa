// On a phone the navigation is a row that scrolls by itself: the entry of the page that is open is moved into sight.

export function showCurrent(page: Document): void {
  const current = page.querySelector<HTMLElement>('.app-navigation [aria-current]'), row = current?.closest('ul')
  if (!current || !row) return
  const { left, right } = current.getBoundingClientRect(), seen = row.getBoundingClientRect()
  if (left < seen.left || right > seen.right) row.scrollLeft += left - seen.left - (seen.width - current.offsetWidth) / 2
}
