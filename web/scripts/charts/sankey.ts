// Flows since the month before. See src/chart/sankey.hpp.

import { sum, type FlowEnd, type Flows } from './data'
import type { EChartsCoreOption } from './echarts'
import type { LiveChart } from './live_chart'
import { cohorts, common, hatch, look, tooltip } from './look'
import { countText, partText } from './words'

interface Node {
  name: string
  words: string
  value: number
}

const inks = ['red', 'amber', 'green', 'grey']

function paint(end: FlowEnd): object {
  const cohort = cohorts()[inks.indexOf(end.ink)]
  if (cohort) return { color: cohort.fill, decal: cohort.decal, borderWidth: 0 }
  if (end.ink === 'outside') return { color: '#ffffff', borderColor: look().quiet, borderWidth: 1, decal: hatch }
  return { color: look().ink, borderWidth: 0, decal: { symbol: 'none' } }
}

export function sankey(flows: Flows, description: string): LiveChart {
  const { ends, people } = flows
  const before = people.map(sum)
  const now = ends.map((_, to) => sum(people.map((row) => row[to] ?? 0)))
  const nodesOf = (side: string, counts: number[], name: (end: FlowEnd) => string, depth: number): object[] =>
    ends.flatMap((end, i): object[] => {
      const value = counts[i] ?? 0
      if (value === 0) return []
      const node: Node = { name: `${side} ${i}`, words: `${name(end)} ${countText(value)}`, value }
      return [{ ...node, depth, itemStyle: paint(end), label: { position: depth === 0 ? 'left' : 'right' } }]
    })
  const links = people.flatMap((row, from) => row.flatMap((value, to) => {
    if (value === 0) return []
    const words = `${ends[from]?.before_name ?? ''} → ${ends[to]?.now_name ?? ''}: ${countText(value)} people\n` +
      `${partText(value, before[from] ?? 0)} of ${ends[from]?.before_name ?? ''}, ${flows.before_label}`
    const tone = cohorts()[inks.indexOf(ends[from]?.ink ?? '')]?.fill ?? '#8896a0'
    return [{ source: `before ${from}`, target: `now ${to}`, value, words,
      lineStyle: { color: tone, opacity: from === to ? 0.22 : 0.55 } }]
  }))
  const longest = Math.max(...ends.flatMap((end) => [end.before_name.length, end.now_name.length]))
  const option = (width: number): EChartsCoreOption => {
    const base = common(description)
    // Names stand beside their ends on one line where there is room, and over several where there is not.
    const oneLine = longest * 6.4 + 46
    const room = Math.min(oneLine, width * 0.3)
    const breaks = room < oneLine
    return {
      ...base,
      tooltip: tooltip(base, { trigger: 'item', formatter: (point: { data: { words?: string } }) => point.data.words ?? '' }),
      series: [{
        type: 'sankey',
        left: room,
        right: room,
        top: 10,
        bottom: 10,
        nodeGap: breaks ? 26 : 12,
        nodeWidth: 14,
        // The order of the tracker, not of whatever crosses least.
        layoutIterations: 0,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        label: { fontSize: breaks ? 12 : 13, lineHeight: breaks ? 13 : 16, color: look().ink, width: room - 10, overflow: 'break',
          formatter: (point: { data: { words?: string } }) => point.data.words ?? '' },
        data: [...nodesOf('before', before, (end) => end.before_name, 0), ...nodesOf('now', now, (end) => end.now_name, 1)],
        links
      }]
    }
  }
  return { height: 460, option, stops: links.map(({ words }, dataIndex) => ({ seriesIndex: 0, dataIndex, words, dataType: 'edge' })) }
}
