// Figures as the server writes them (src/chart/drawing.hpp), so that a tooltip and the table say the same.

export function percentText(share: number): string {
  if (share > 0 && share < 0.005) return '<1%'
  if (share < 1 && share >= 0.995) return '>99%'
  return `${Math.floor(share * 100 + 0.5)}%`
}

/** With one decimal, as the tables of the page have it. */
export function exactText(share: number): string {
  return `${(Math.floor(share * 1000 + 0.5) / 10).toFixed(1)}%`
}

/** Shares at the ticks of a scale: with a decimal where steps are less than a per cent. */
export const tickText = (step: number) => (share: number): string => step > 0.0099 ? percentText(share) : exactText(share)

export function countText(people: number): string {
  return String(people).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `12 of 340 (4%)`; a dash when there is nobody to count. */
export function partText(people: number, of: number): string {
  return of === 0 ? '–' : `${countText(people)} of ${countText(of)} (${percentText(people / of)})`
}

export function doseText(milligrams: number): string {
  return `${Math.floor(milligrams + 0.5)} mg`
}

export function numberText(number: number): string {
  return String(Math.round(number * 100) / 100)
}
