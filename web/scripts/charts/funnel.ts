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

export function funnel(data: Services, description: string): LiveChart {
  const { services, pooled } = data
  const words = services.map((service) => serviceWords(service, data.measure))
  const largest = Math.max(1, ...services.map(({ of }) => of)) * 1.02
  const highest = Math.min(1, Math.max(0.01, (pooled ?? 0) * 1.6, ...services.map(({ people, of }) => (people / of) * 1.05)))
  const option = (): EChartsCoreOption => {
    const base = common(description)
    const { accent, ink, others, quiet } = look()
    const curve = (reach: number, name: string, dash: 'solid' | number[]): object => ({
      type: 'line',
      silent: true,
      symbol: 'none',
      tooltip: { show: false },
      endLabel: { show: true, formatter: name, color: quiet, fontSize: 11 },
      lineStyle: { color: quiet, width: 1.25, type: dash },
      data: pooled === null ? [] : Array.from({ length: 80 }, (_, i) => {
        const n = (largest * (i + 1) ** 2) / 6400
        const share = limit(pooled, n, reach)
        return [n, share > highest * 1.2 ? null : share]
      })
    })
    const points = services.map((service) => ({
      value: [service.of, service.people / service.of],
      symbolSize: service.own ? 13 : 9,
      itemStyle: { color: service.own ? accent : service.outside ? ink : others, borderColor: '#ffffff', decal: { symbol: 'none' } },
      label: { show: service.own || service.outside, formatter: service.name, position: 'right', fontWeight: 'bold',
        color: service.own ? accent : ink, fontSize: 12 }
    }))
    return {
      ...base,
      grid: { left: 50, right: 48, top: 36, bottom: 54 },
      xAxis: figureAxis(`list size: ${data.list_name}`, countText, { nameLocation: 'middle', nameGap: 32, splitLine: { show: false },
        axisLine: { show: true, lineStyle: { color: quiet } } }),
      yAxis: figureAxis(data.measure, percentText, { nameTextStyle: { align: 'left', color: ink } }),
      tooltip: tooltip(base, { trigger: 'item', formatter: (point: { dataIndex: number }) => words[point.dataIndex] ?? '' }),
      series: [
        { type: 'scatter', data: points, labelLayout: { hideOverlap: true }, z: 5,
          ...(pooled === null ? {} : { markLine: { silent: true, symbol: 'none', data: [{ yAxis: pooled }],
            lineStyle: { color: ink, width: 1.5, type: 'solid' }, label: { formatter: `all ${percentText(pooled)}`, position: 'insideEndTop',
              color: ink, fontWeight: 'bold' } } }) },
        curve(z.inner, '95%', [5, 4]), curve(-z.inner, '95%', [5, 4]),
        curve(z.outer, '99.8%', 'solid'), curve(-z.outer, '99.8%', 'solid')
      ]
    }
  }
  return { height: 400, option, stops: words.map((text, dataIndex) => ({ seriesIndex: 0, dataIndex, words: text })) }
}
