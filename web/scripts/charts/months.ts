// What the two charts of months share: their words and their axis.

import { sum, type Month } from './data'
import { cohorts, look } from './look'
import { countText, doseText, partText } from './words'

/** A month as the table has it: each cohort of the four, and the uncategorised of everybody in MAT. */
export function monthWords(month: Month): string {
  const all = sum(month.people)
  const lines = cohorts().map((cohort, i) => {
    const dose = month.mean_dose_mg[i]
    const mean = dose === null || dose === undefined ? '' : `, mean methadone ${doseText(dose)}`
    return `${cohort.name}: ${partText(month.people[i] ?? 0, all)}${mean}`
  })
  lines.reverse()
  const head = month.part ? `${month.label} (part-month)` : month.label
  const stages = [['MAT 1', month.mat1] as const, ['MAT 4', month.mat4] as const]
    .flatMap(([name, people]) => (people === null ? [] : [`${name}: ${countText(people)}`]))
  return [head, ...lines, `Uncategorised: ${partText(month.uncategorised, month.in_mat)} in MAT`, ...stages].join('\n')
}

/** Share of a cohort, 0 to 1; null when nobody is in one. */
export function shareOf(month: Month, cohort: number): number | null {
  const all = sum(month.people)
  return all === 0 ? null : (month.people[cohort] ?? 0) / all
}

export function monthAxis(months: readonly Month[], boundaryGap: boolean): object {
  const { quiet } = look()
  return {
    type: 'category',
    boundaryGap,
    data: months.map((month) => month.label.replace(/ (\d{4})$/, '\n$1')),
    axisTick: { show: false },
    axisLine: { lineStyle: { color: quiet } },
    axisLabel: { color: quiet, fontSize: 12, lineHeight: 14, hideOverlap: true, showMaxLabel: true }
  }
}
