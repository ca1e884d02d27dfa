// The kinds of chart that scripts can draw, by the value of `data-chart`.

/** Draws into `canvas`; throws when it cannot. `data` is what the server put into `data-chart-data`, unchecked. */
export type DrawChart = (canvas: HTMLElement, data: unknown, figure: HTMLElement) => void

export const drawKinds: Readonly<Record<string, DrawChart>> = {}
