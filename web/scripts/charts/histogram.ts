// Doses with the threshold marked. See src/chart/histogram.hpp.

import { sum, type Doses } from './data'
import type { EChartsCoreOption } from './echarts'
import type { LiveChart } from './live_chart'
import { common, figureAxis, hatch, look, tooltip } from './look'
import { countText, numberText, percentText } from './words'

export function histogram(doses: Doses, description: string): LiveChart {
  const all = sum(doses.people)
  const edge = (bin: number): number => doses.first_edge_mg + bin * doses.bin_width_mg
  const words = doses.people.map((people, bin) =>
    `${numberText(edge(bin))} to under ${numberText(edge(bin + 1))} mg\n${countText(people)} of ${countText(all)} people with a known dose (${percentText(people / Math.max(1, all))})`)
  const option = (): EChartsCoreOption => {
    const base = common(description)
    const { accent, ink, quiet } = look()
    const isBelow = (bin: number): boolean => doses.threshold_mg !== null && edge(bin) < doses.threshold_mg - 1e-9
    const threshold = doses.threshold_mg === null ? {} : {
      markLine: {
        silent: true, symbol: 'none', data: [{ xAxis: (doses.threshold_mg - doses.first_edge_mg) / doses.bin_width_mg }],
        lineStyle: { color: ink, width: 2, type: 'solid' },
        label: { formatter: `threshold ${numberText(doses.threshold_mg)} mg`, color: ink, fontWeight: 'bold', fontSize: 13 }
      }
    }
    return {
      ...base,
      grid: { left: 54, right: 30, top: 40, bottom: 54 },
      xAxis: [
        { type: 'category', show: false, data: doses.people.map((_, bin) => bin) },
        figureAxis(doses.dose_name, (bin) => numberText(edge(bin)), { nameLocation: 'middle', nameGap: 30, min: 0, max: doses.people.length,
          interval: Math.max(1, Math.round(doses.people.length / 10)), position: 'bottom', splitLine: { show: false },
          axisLine: { show: true, lineStyle: { color: quiet } } })
      ],
      yAxis: figureAxis('people', countText, { minInterval: 1 }),
      tooltip: tooltip(base, { trigger: 'item', formatter: (point: { dataIndex: number }) => words[point.dataIndex] ?? '' }),
      series: [
        { type: 'bar', xAxisIndex: 0, barWidth: '94%', data: doses.people.map((value, bin) => ({ value, itemStyle: isBelow(bin)
          ? { color: '#ffffff', borderColor: quiet, borderWidth: 1, decal: hatch } : { color: accent, decal: { symbol: 'none' } } })) },
        { type: 'scatter', xAxisIndex: 1, data: [], ...threshold }
      ]
    }
  }
  return { height: 320, option, stops: words.map((text, dataIndex) => ({ seriesIndex: 0, dataIndex, words: text })) }
}
