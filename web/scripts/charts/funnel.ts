// Each service's share against the size of its list, with limits. See src/chart/funnel.hpp.

import type { Service, Services } from './data'
import type { EChartsCoreOption } from './echarts'
import type { LiveChart } from './live_chart'
import { common, figureAxis, headLines, isNarrow, look, tooltip } from './look'
import { countText, exactText, partText, percentText, tickText } from './words'

const z = { inner: 1.959963984540054, outer: 3.090232306167813 }
const height = 400, bottom = 54, labelHeight = 14

export function serviceWords(service: Service, measure: string): string {
  return `${service.name}\n${measure}: ${partText(service.people, service.of)}\n` +
    `95% interval ${percentText(service.low)} to ${percentText(service.high)}`
}

/** The measure, and where its scale begins when that is not 0. */
export function measureHead({ measure, scale }: Services): string {
  return scale.from > 0 ? `${measure}; scale from ${percentText(scale.from)}` : measure
}

function limit(pooled: number, n: number, reach: number): number {
  return Math.min(1, Math.max(0, pooled + reach * Math.sqrt((pooled * (1 - pooled)) / n)))
}

/** Round whole steps for list sizes, at most `most` of them. */
function wholeStep(largest: number, most: number): number {
  const power = 10 ** Math.floor(Math.log10(largest / most))
  const factor = [1, 2, 5, 10].find((each) => each * power * most >= largest) ?? 10
  return Math.max(1, factor * power)
}

/** Pixels by which labels at falling heights are moved so that none covers another: those in the middle stay. */
function spread(at: number[]): number[] {
  const middle = (at.length - 1) / 2
  const placed = [...at]
  for (let i = middle - 1; i >= 0; --i) placed[i] = Math.min(placed[i] ?? 0, (placed[i + 1] ?? 0) - labelHeight)
  for (let i = middle + 1; i < at.length; ++i) placed[i] = Math.max(placed[i] ?? 0, (placed[i - 1] ?? 0) + labelHeight)
  return placed.map((place, i) => place - (at[i] ?? 0))
}

export function funnel(data: Services, description: string): LiveChart {
  const { services, pooled, scale } = data
  const words = services.map((service) => serviceWords(service, data.measure))
  const longest = Math.max(1, ...services.map(({ of }) => of)) * 1.02
  const option = (width: number): EChartsCoreOption => {
    const base = common(description)
    const { accent, ink, others, quiet } = look()
    const head = headLines(measureHead(data), width), step = wholeStep(longest, isNarrow(width) ? 3 : 8)
    const largest = Math.ceil(longest / step) * step
    const pixels = (share: number): number => ((scale.to - share) / (scale.to - scale.from)) * (height - head.room - bottom)
    const line = (name: string, type: 'solid' | number[], data: number[][], more: object = {}): object => ({
      type: 'line',
      silent: true,
      symbol: 'none',
      tooltip: { show: false },
      endLabel: { show: name !== '', formatter: name, color: quiet, fontSize: 11, distance: 4, ...more },
      lineStyle: { color: quiet, width: 1.25, type },
      data
    })
    const curve = (average: number, reach: number, name: string, offset: number): object => {
      const sizes = Array.from({ length: 80 }, (_, i) => (largest * (i + 1) ** 2) / 6400)
      // Left out where it leaves the picture: a line may not begin with a gap.
      const within = sizes.map((n) => [n, limit(average, n, reach)]).filter(([, share = 0]) => share >= scale.from && share <= scale.to)
      return line(name, Math.abs(reach) > 2 ? 'solid' : [5, 4], within, { offset: [0, offset] })
    }
    const limits = (average: number): object[] => {
      // The dashed ones within are those of 95%: named where there is room.
      const reaches = isNarrow(width) ? [z.outer, 0, -z.outer] : [z.outer, z.inner, 0, -z.inner, -z.outer]
      const offsets = spread(reaches.map((reach) => pixels(limit(average, largest, reach))))
      const named = (reach: number): { name: string, offset: number } => {
        const at = reaches.indexOf(reach)
        return { name: at < 0 ? '' : Math.abs(reach) > 2 ? '99.8%' : '95%', offset: offsets[at] ?? 0 }
      }
      return [
        line(`all ${exactText(average)}`, 'solid', [[0, average], [largest, average]], { color: ink, fontWeight: 'bold' }),
        ...[z.inner, -z.inner, z.outer, -z.outer].map((reach) => {
          const { name, offset } = named(reach)
          return curve(average, reach, name, offset)
        })
      ]
    }
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
      grid: { left: 50, right: 68, top: head.room, bottom },
      xAxis: figureAxis(`list size: ${data.list_name}`, countText, { max: largest, interval: step, nameLocation: 'middle', nameGap: 32,
        nameTextStyle: { color: ink, fontSize: 13, width: width - 112, overflow: 'truncate' },
        splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: quiet } } }),
      yAxis: figureAxis(head.words, tickText(scale.step), { min: scale.from, max: scale.to, interval: scale.step,
        nameTextStyle: { align: 'left', padding: [0, 0, 0, -46], color: ink, fontSize: 13, lineHeight: 16 } }),
      tooltip: tooltip(base, { trigger: 'item', formatter: (point: { dataIndex: number }) => words[point.dataIndex] ?? '' }),
      series: [
        { type: 'scatter', data: points, labelLayout: { hideOverlap: true }, z: 5 },
        ...(pooled === null ? [] : limits(pooled))
      ]
    }
  }
  return { height, option, stops: words.map((text, dataIndex) => ({ seriesIndex: 0, dataIndex, words: text })) }
}
