// The few colours and patterns of the charts: those of the server's drawings (src/chart/ink.hpp).

import type { EChartsCoreOption } from './echarts'

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
}

export interface Look {
  ink: string
  quiet: string
  rule: string
  accent: string
  others: string
  paper: string
}

export function look(): Look {
  return {
    ink: colour('ink') || '#212b32',
    quiet: colour('quiet') || '#4c6272',
    rule: colour('band') || '#e8edee',
    accent: colour('accent') || '#005eb8',
    others: colour('others') || '#aeb7bd',
    paper: colour('paper') || '#ffffff'
  }
}

export interface Cohort {
  name: string
  fill: string
  /** Of words on the fill, and of words on white. */
  text: string
  words: string
  dash: 'solid' | number[]
  decal: object
}

/** Red, amber, green and grey, in the order of the tracker. */
export function cohorts(): Cohort[] {
  return [
    { name: 'Red', fill: colour('red') || '#b3261e', text: '#ffffff', words: '#b3261e', dash: 'solid',
      decal: { symbol: 'none' } },
    { name: 'Amber', fill: colour('amber') || '#c27c00', text: '#000000', words: '#8a5900', dash: [9, 4],
      decal: { symbol: 'rect', color: '#d9a03c', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 } },
    { name: 'Green', fill: colour('green') || '#2e7d32', text: '#ffffff', words: '#2e7d32', dash: [2, 3],
      decal: { symbol: 'circle', color: '#6fae72', symbolSize: 0.6, dashArrayX: [[4, 4], [0, 4, 4, 0]], dashArrayY: [4, 0] } },
    { name: 'Grey', fill: colour('grey') || '#768692', text: '#000000', words: '#5a6873', dash: [9, 3, 2, 3],
      decal: { symbol: 'rect', color: '#a9b6bf', dashArrayX: [1, 0], dashArrayY: [2, 3] } }
  ]
}

export const hatch = { symbol: 'rect', color: '#4c6272', dashArrayX: [1, 0], dashArrayY: [1, 4], rotation: -Math.PI / 4 }

/** What all charts share. Tooltips are drawn as text: the pages' policy refuses the styles of HTML tooltips. */
export function common(description: string): EChartsCoreOption {
  const { ink, quiet } = look()
  return {
    // Figures stand where they stand: nothing moves in, and no picture or print is taken of a chart half drawn.
    animation: false,
    textStyle: { fontFamily: 'Arial, "Liberation Sans", sans-serif', fontSize: 13, color: ink },
    aria: { enabled: true, label: { description }, decal: { show: true, decals: [{ symbol: 'none' }] } },
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: '#ffffff',
      borderColor: quiet,
      borderWidth: 1,
      padding: [8, 10],
      textStyle: { color: ink, fontSize: 13, lineHeight: 18 }
    }
  }
}

export function tooltip(base: EChartsCoreOption, more: object): object {
  return { ...(base['tooltip'] as object), ...more }
}

/** An axis of figures with light lines. */
export function figureAxis(name: string, format: (figure: number) => string, more: object = {}): object {
  const { quiet, rule, ink } = look()
  return {
    type: 'value',
    name,
    nameTextStyle: { color: ink, fontSize: 13 },
    axisLabel: { color: quiet, formatter: format, fontSize: 12 },
    axisLine: { show: false },
    splitLine: { lineStyle: { color: rule } },
    min: 0,
    ...more
  }
}

/** Whether a chart is drawn for a phone. */
export const isNarrow = (width: number): boolean => width < 500

/** Words above a chart in lines that fit its width, and the room that they take at its top. */
export function headLines(words: string, width: number): { words: string, room: number } {
  const most = Math.max(20, Math.floor((width - 16) / 7))
  const lines = ['']
  for (const word of words.split(' ')) {
    const line = lines[lines.length - 1] ?? ''
    if (line !== '' && line.length + 1 + word.length > most) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return { words: lines.join('\n'), room: 20 + 16 * lines.length }
}
