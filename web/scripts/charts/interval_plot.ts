// Services in order of name with Wilson's intervals. See src/chart/interval_plot.hpp.

import type { Services } from './data'
import { serviceWords } from './funnel'
import type { EChartsCoreOption } from './echarts'
import type { LiveChart } from './live_chart'
import { common, figureAxis, isNarrow, look, tooltip } from './look'
import { countText, exactText, percentText, tickText } from './words'

/** A name that leaves room for the size of its list behind it: the name is cut, never the number. */
function nameAndSize(name: string, size: string, width: number): string {
  const most = Math.floor(width / 7.2) - size.length - 2
  return `${name.length > most ? `${name.slice(0, Math.max(1, most - 1)).trimEnd()}…` : name}  ${size}`
}

interface Api {
  value: (dimension: number) => number
  coord: (point: number[]) => number[]
}

export function intervalPlot(data: Services, description: string): LiveChart {
  const services = [...data.services].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const words = services.map((service) => serviceWords(service, data.measure))
  const option = (width: number): EChartsCoreOption => {
    const base = common(description)
    const { accent, ink, quiet } = look()
    const room = Math.min(230, width * 0.42)
    const { from, to, step } = data.scale
    // Below alone they would be out of sight beside the first services.
    const axis = (position: 'top' | 'bottom', name: string): object => figureAxis(name, tickText(step),
      { position, nameLocation: 'middle', nameGap: 26, min: from, max: to, interval: isNarrow(width) && (to - from) / step > 4 ? step * 2 : step })
    const whisker = (_: unknown, api: Api): object => {
      const [left = 0, y = 0] = api.coord([api.value(0), api.value(2)])
      const [right = 0] = api.coord([api.value(1), api.value(2)])
      const colour = services[api.value(2)]?.own ? accent : quiet
      const line = (x1: number, y1: number, x2: number, y2: number): object =>
        ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 1.75 } })
      return { type: 'group', children: [line(left, y, right, y), line(left, y - 4, left, y + 4), line(right, y - 4, right, y + 4)] }
    }
    return {
      ...base,
      grid: { left: room, right: 24, top: 56, bottom: 50 },
      xAxis: [axis('bottom', from > 0 ? `scale from ${percentText(from)}` : ''), axis('top', '')],
      yAxis: { type: 'category', inverse: true, axisTick: { show: false }, axisLine: { show: false },
        data: services.map(({ name, of, own }) => ({ value: nameAndSize(name, countText(of), room - 12), textStyle: own ? { color: accent, fontWeight: 'bold' } : {} })),
        axisLabel: { interval: 0, fontSize: 13, color: ink } },
      tooltip: tooltip(base, { trigger: 'item', formatter: (point: { dataIndex: number }) => words[point.dataIndex] ?? '' }),
      series: [
        { type: 'scatter', z: 5, data: services.map((service, i) => ({ value: [service.people / service.of, i], symbolSize: service.own ? 11 : 8,
          itemStyle: { color: service.own ? accent : ink, decal: { symbol: 'none' } } })),
          ...(data.pooled === null ? {} : { markLine: { silent: true, symbol: 'none', data: [{ xAxis: data.pooled }],
            lineStyle: { color: ink, width: 1.5, type: [5, 3] }, label: { position: 'start', distance: 22, formatter: `all ${exactText(data.pooled)}`, color: ink, fontWeight: 'bold' } } }) },
        { type: 'custom', renderItem: whisker, encode: { x: [0, 1], y: 2 }, data: services.map(({ low, high }, i) => [low, high, i]) }
      ]
    }
  }
  return {
    height: 106 + 24 * services.length,
    option,
    stops: words.map((text, dataIndex) => ({ seriesIndex: 0, dataIndex, words: text }))
  }
}
