// A line a cohort over the months. See src/chart/cohort_lines.hpp.

import type { Months } from './data'
import type { EChartsCoreOption } from './echarts'
import type { LiveChart } from './live_chart'
import { cohorts, common, figureAxis, look, tooltip } from './look'
import { monthAxis, monthWords, shareOf } from './months'
import { percentText } from './words'

export function cohortLines({ months }: Months, description: string): LiveChart {
  const option = (): EChartsCoreOption => {
    const base = common(description)
    return {
      ...base,
      grid: { left: 46, right: 96, top: 30, bottom: 44 },
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
        data: months.map((month) => shareOf(month, i)),
        symbol: 'circle',
        symbolSize: 5,
        lineStyle: { color: cohort.fill, width: 2.25, type: cohort.dash },
        itemStyle: { color: cohort.fill, decal: { symbol: 'none' } },
        emphasis: { focus: 'none' },
        endLabel: { show: true, color: cohort.words, fontWeight: 'bold', fontSize: 13,
          formatter: (point: { value: number | null }) =>
            point.value === null ? cohort.name : `${cohort.name} ${percentText(point.value)}` },
        labelLayout: { moveOverlap: 'shiftY' }
      }))
    }
  }
  return {
    height: 360,
    option,
    stops: months.map((month, dataIndex) => ({ seriesIndex: 0, dataIndex, words: monthWords(month) }))
  }
}
