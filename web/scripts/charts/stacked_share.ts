// Stacked 100 % bars by month with the mean methadone dose in each part, and the uncategorised share beneath, always in
// view. See src/chart/stacked_share.hpp.

import type { Month, Months } from './data'
import type { EChartsCoreOption } from './echarts'
import type { LiveChart } from './live_chart'
import { cohorts, common, figureAxis, look, tooltip } from './look'
import { monthAxis, monthWords, shareOf } from './months'
import { doseText, percentText } from './words'

const crosses = { symbol: 'rect', color: '#8896a0', dashArrayX: [1, 0], dashArrayY: [1, 4], rotation: Math.PI / 4 }

/** The mean dose as it fits into a column of a width in pixels: whole, the number alone, or not at all. */
function doseLabel(month: Month, cohort: number, column: number): string {
  const mean = month.mean_dose_mg[cohort]
  if (mean === null || mean === undefined || (shareOf(month, cohort) ?? 0) < 0.07 || column < 19) return ''
  return column < 52 ? doseText(mean).replace(' mg', '') : doseText(mean)
}

function cohortSeries(months: readonly Month[], column: number): object[] {
  return cohorts().map((cohort, i) => ({
    type: 'bar',
    name: cohort.name,
    stack: 'cohorts',
    barWidth: '80%',
    itemStyle: { color: cohort.fill, decal: cohort.decal },
    emphasis: { disabled: true },
    data: months.map((month) => {
      const words = doseLabel(month, i, column)
      const edge = month.part ? { borderColor: look().ink, borderWidth: 1, borderType: 'dashed' } : { borderColor: '#ffffff', borderWidth: 1 }
      return {
        value: shareOf(month, i),
        itemStyle: edge,
        label: { show: words !== '', formatter: words, color: cohort.text, backgroundColor: cohort.fill, padding: [2, 2],
          fontWeight: 'bold', fontSize: 12 }
      }
    })
  }))
}

function uncategorisedSeries(months: readonly Month[], column: number): object {
  const stride = Math.ceil(36 / column)
  const share = (month: Month): number | null => (month.in_mat === 0 ? null : month.uncategorised / month.in_mat)
  return {
    type: 'bar',
    name: 'Uncategorised',
    xAxisIndex: 1,
    yAxisIndex: 1,
    barWidth: '35%',
    itemStyle: { color: '#ffffff', borderColor: look().quiet, borderWidth: 1, decal: crosses },
    emphasis: { disabled: true },
    label: { show: true, position: 'top', color: look().ink, fontSize: 12,
      formatter: (point: { value: number | null; dataIndex: number }) => {
        // Counted from the last month, which always has its figure.
        if ((months.length - 1 - point.dataIndex) % stride !== 0) return ''
        return point.value === null ? '–' : percentText(point.value)
      } },
    data: months.map(share)
  }
}

export function stackedShare({ months }: Months, description: string): LiveChart {
  const last = months[months.length - 1]
  const option = (width: number): EChartsCoreOption => {
    const base = common(description)
    const column = (width - 150) / Math.max(1, months.length)
    const legend = cohorts().map(({ name }, i) => ({ name, share: last ? shareOf(last, i) : null }))
    const highest = Math.max(0.25, ...months.map((month) => (month.in_mat === 0 ? 0 : month.uncategorised / month.in_mat)))
    return {
      ...base,
      grid: [{ left: 46, right: 112, top: 16, height: 290 }, { left: 46, right: 112, top: 392, height: 54 }],
      xAxis: [monthAxis(months, true), { ...monthAxis(months, true), gridIndex: 1, axisLabel: { show: false } }],
      yAxis: [
        figureAxis('', percentText, { max: 1, interval: 0.25 }),
        figureAxis('Uncategorised, % of everybody in MAT', percentText, { gridIndex: 1, max: highest * 1.4, axisLabel: { show: false },
          splitLine: { show: false }, nameGap: 8, nameTextStyle: { align: 'left', color: look().ink, fontWeight: 'bold', fontSize: 13 } })
      ],
      tooltip: tooltip(base, {
        trigger: 'axis',
        axisPointer: { type: 'shadow', shadowStyle: { color: look().quiet, opacity: 0.08 } },
        formatter: (points: { dataIndex: number }[]) => {
          const month = months[points[0]?.dataIndex ?? -1]
          return month ? monthWords(month) : ''
        }
      }),
      legend: { right: 0, top: 100, orient: 'vertical', data: legend.map(({ name }) => name).reverse(), selectedMode: false,
        itemWidth: 14, itemHeight: 14, textStyle: { fontSize: 13, fontWeight: 'bold' },
        formatter: (name: string) => {
          const share = legend.find((each) => each.name === name)?.share
          return share === null || share === undefined ? name : `${name} ${percentText(share)}`
        } },
      series: [...cohortSeries(months, column), uncategorisedSeries(months, column)]
    }
  }
  return {
    height: 456,
    option,
    stops: months.map((month, dataIndex) => ({ seriesIndex: 0, dataIndex, words: monthWords(month) }))
  }
}
