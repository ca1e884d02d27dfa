// Stacked 100 % bars by month with the mean methadone dose in each part. See src/chart/stacked_share.hpp.

import type { Months } from './data'
import type { EChartsCoreOption } from './echarts'
import type { LiveChart } from './live_chart'
import { cohorts, common, figureAxis, look, tooltip } from './look'
import { monthAxis, monthWords, shareOf } from './months'
import { doseText, percentText } from './words'

export function stackedShare({ months }: Months, description: string): LiveChart {
  const option = (width: number): EChartsCoreOption => {
    const base = common(description)
    const column = (width - 150) / Math.max(1, months.length)
    const dose = (milligrams: number): string => {
      if (column < 19) return ''
      return column < 52 ? doseText(milligrams).replace(' mg', '') : doseText(milligrams)
    }
    const series = cohorts().map((cohort, i) => ({
      type: 'bar',
      name: cohort.name,
      stack: 'cohorts',
      barWidth: '80%',
      itemStyle: { color: cohort.fill, borderColor: '#ffffff', borderWidth: 1, decal: cohort.decal },
      emphasis: { disabled: true },
      data: months.map((month) => {
        const mean = month.mean_dose_mg[i]
        const words = mean === null || mean === undefined || (shareOf(month, i) ?? 0) < 0.07 ? '' : dose(mean)
        return {
          value: shareOf(month, i),
          label: { show: words !== '', formatter: words, color: cohort.text, backgroundColor: cohort.fill, padding: [2, 2],
            fontWeight: 'bold', fontSize: 12 }
        }
      })
    }))
    return {
      ...base,
      grid: { left: 46, right: 96, top: 16, bottom: 44 },
      xAxis: monthAxis(months, true),
      yAxis: figureAxis('', percentText, { max: 1, interval: 0.25 }),
      tooltip: tooltip(base, {
        trigger: 'axis',
        axisPointer: { type: 'shadow', shadowStyle: { color: look().quiet, opacity: 0.08 } },
        formatter: (points: { dataIndex: number }[]) => {
          const month = months[points[0]?.dataIndex ?? -1]
          return month ? monthWords(month) : ''
        }
      }),
      legend: { right: 0, top: 'middle', orient: 'vertical', data: cohorts().map(({ name }) => name).reverse(),
        selectedMode: false, textStyle: { fontSize: 13 } },
      series
    }
  }
  return {
    height: 360,
    option,
    stops: months.map((month, dataIndex) => ({ seriesIndex: 0, dataIndex, words: monthWords(month) }))
  }
}
