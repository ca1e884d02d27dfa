// What the server puts into `data-chart-data` (src/chart/chart_data.cpp). Missing is null, never 0.

export interface Month {
  label: string
  part: boolean
  /** Red, amber, green, grey. */
  people: number[]
  mean_dose_mg: (number | null)[]
  uncategorised: number
  in_mat: number
  mat1: number | null
  mat4: number | null
}

export interface Months {
  months: Month[]
}

export interface FlowEnd {
  before_name: string
  now_name: string
  ink: 'red' | 'amber' | 'green' | 'grey' | 'neutral' | 'outside'
}

export interface Flows {
  before_label: string
  now_label: string
  ends: FlowEnd[]
  /** people[from][to] */
  people: number[][]
}

export interface Doses {
  first_edge_mg: number
  bin_width_mg: number
  people: number[]
  threshold_mg: number | null
  dose_name: string
}

export interface Service {
  name: string
  people: number
  of: number
  own: boolean
  /** Wilson's 95% interval. */
  low: number
  high: number
  /** Beyond the 99.8% limits. */
  outside: boolean
}

export interface Services {
  measure: string
  list_name: string
  pooled: number | null
  /** Of the shares: near the figures, in round steps. */
  scale: { from: number, to: number, step: number }
  services: Service[]
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
