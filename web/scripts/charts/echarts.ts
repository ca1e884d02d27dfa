// The parts of ECharts that our charts use, and no others: the whole of it is twice as large.

import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([
  BarChart, CustomChart, LineChart, SankeyChart, ScatterChart, AriaComponent, GridComponent, LegendComponent,
  MarkLineComponent, TooltipComponent, SVGRenderer
])

export { init, type EChartsCoreOption }
