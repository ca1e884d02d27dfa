// A line a cohort over the months. See src/chart/cohort_lines.hpp.

import type { Months } from './data'
import type { EChartsCoreOption } from './echarts'
import type { LiveChart } from './live_chart'
import { cohorts, common, figureAxis, look, tooltip } from './look'
import { monthAxis, monthWords, shareOf } from './months'
import { percentText } from './words'

const height = 360
const edges = { left: 46, right: 96, top: 30, bottom: 44 }
const labelHeight = 16

/** How far each line's label moves down from its last point, in pixels, so that none covers another. */
function labelShifts(last: readonly (number | null)[], highest: number): number[] {
  const plot = height - edges.top - edges.bottom
  const at = last.map((share) => (1 - (share ?? 0) / highest) * plot)
  const order = at.map((_, i) => i).sort((a, b) => at[a]! - at[b]!)
  const placed: number[] = []
  let free = -Infinity
  for (const i of order) {
    placed[i] = Math.max(at[i]!, free)
    free = placed[i]! + labelHeight
  }
  return at.map((natural, i) => placed[i]! - natural)
}

export function cohortLines({ months }: Months, description: string): LiveChart {
  const option = (): EChartsCoreOption => {
    const base = common(description)
    const shares = cohorts().map((_, i) => months.map((month) => shareOf(month, i)))
    const highest = Math.ceil(Math.max(0.1, ...shares.flat().map((share) => share ?? 0)) * 10) / 10
    const shifts = labelShifts(shares.map((line) => line[line.length - 1] ?? null), highest)
    return {
      ...base,
      grid: edges,
      xAxis: monthAxis(months, false),
      yAxis: figureAxis('share of the four cohorts', percentText, { nameTextStyle: { align: 'left', color: look().quiet } }),
      tooltip: tooltip(base, {
        trigger: 'axis',
        axisPointer: { type: 'line', lineStyle: { color: look().quiet } },
        formatter: (points: { dataIndex: number }[]) => {
          const month = months[points[0]?.dataIndex ?? -1]
          return month ? monthWords(month) : ''
        }
      }),
      series: cohorts().map((cohort, i) => ({
        type: 'line',
        name: cohort.name,
        data: shares[i],
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { color: cohort.fill, width: 2.25, type: cohort.dash },
        itemStyle: { color: cohort.fill, decal: { symbol: 'none' } },
        emphasis: { focus: 'none' },
        endLabel: { show: true, color: cohort.words, fontWeight: 'bold', fontSize: 13, offset: [0, shifts[i]],
          formatter: (point: { value: number | null }) =>
            point.value === null ? cohort.name : `${cohort.name} ${percentText(point.value)}` }
      }))
    }
  }
  return {
    height,
    option,
    stops: months.map((month, dataIndex) => ({ seriesIndex: 0, dataIndex, words: monthWords(month) }))
  }
}
