// Each service's share against the size of its list, with limits. See src/chart/funnel.hpp.

import type { Service, Services } from './data'
import type { EChartsCoreOption } from './echarts'
import type { LiveChart } from './live_chart'
import { common, figureAxis, look, tooltip } from './look'
import { countText, partText, percentText } from './words'

const z = { inner: 1.959963984540054, outer: 3.090232306167813 }

export function serviceWords(service: Service, measure: string): string {
  return `${service.name}\n${measure}: ${partText(service.people, service.of)}\n` +
    `95% interval ${percentText(service.low)} to ${percentText(service.high)}`
}

function limit(pooled: number, n: number, reach: number): number {
  return Math.min(1, Math.max(0, pooled + reach * Math.sqrt((pooled * (1 - pooled)) / n)))
}

/** The end of an axis of list sizes: a round number at or above the largest. */
function roundedUp(largest: number): number {
  const step = 10 ** Math.floor(Math.log10(largest)) / 2
  return Math.max(1, Math.ceil(largest / step) * step)
}

export function funnel(data: Services, description: string): LiveChart {
  const { services, pooled } = data
  const words = services.map((service) => serviceWords(service, data.measure))
  const largest = roundedUp(Math.max(1, ...services.map(({ of }) => of)) * 1.02)
  const highest = Math.min(1, Math.max(0.01, (pooled ?? 0) * 1.6, ...services.map(({ people, of }) => (people / of) * 1.05)))
  const option = (): EChartsCoreOption => {
    const base = common(description)
    const { accent, ink, others, quiet } = look()
    const line = (name: string, type: 'solid' | number[], data: number[][], more: object = {}): object => ({
      type: 'line',
      silent: true,
      symbol: 'none',
      tooltip: { show: false },
      endLabel: { show: true, formatter: name, color: quiet, fontSize: 11, ...more },
      lineStyle: { color: quiet, width: 1.25, type },
      data
    })
    const curve = (average: number, reach: number, name: string, type: 'solid' | number[]): object => {
      const sizes = Array.from({ length: 80 }, (_, i) => (largest * (i + 1) ** 2) / 6400)
      // Left out where it leaves the picture: a line may not begin with a gap.
      return line(name, type, sizes.map((n) => [n, limit(average, n, reach)]).filter(([, share]) => (share ?? 0) <= highest * 1.2),
        { offset: [0, Math.sign(reach) * (Math.abs(reach) > 2 ? -5 : 2)] })
    }
    const limits = pooled === null ? [] : [
      line(`all ${percentText(pooled)}`, 'solid', [[0, pooled], [largest, pooled]], { color: ink, fontWeight: 'bold' }),
      curve(pooled, z.inner, '95%', [5, 4]), curve(pooled, -z.inner, '95%', [5, 4]),
      curve(pooled, z.outer, '99.8%', 'solid'), curve(pooled, -z.outer, '99.8%', 'solid')
    ]
    const points = services.map((service) => ({
      value: [service.of, service.people / service.of],
      symbolSize: service.own ? 13 : 9,
      itemStyle: { color: service.own ? accent : service.outside ? ink : others, borderColor: '#ffffff', decal: { symbol: 'none' } },
      label: { show: service.own || service.outside, formatter: service.name,
        position: service.of > largest / 2 ? 'left' : 'right', textBorderColor: '#ffffff', textBorderWidth: 3, fontWeight: 'bold',
        color: service.own ? accent : ink, fontSize: 12 }
    }))
    return {
      ...base,
      grid: { left: 50, right: 58, top: 36, bottom: 54 },
      xAxis: figureAxis(`list size: ${data.list_name}`, countText, { max: largest, nameLocation: 'middle', nameGap: 32,
        splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: quiet } } }),
      yAxis: figureAxis(data.measure, percentText, { nameTextStyle: { align: 'left', color: ink } }),
      tooltip: tooltip(base, { trigger: 'item', formatter: (point: { dataIndex: number }) => words[point.dataIndex] ?? '' }),
      series: [
        { type: 'scatter', data: points, labelLayout: { hideOverlap: true }, z: 5 },
        ...limits
      ]
    }
  }
  return { height: 400, option, stops: words.map((text, dataIndex) => ({ seriesIndex: 0, dataIndex, words: text })) }
}
