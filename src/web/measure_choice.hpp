#pragma once
// What a page of measures is about: a place and a month as other pages choose them, a measure, the view of
// services that merged, and the marks that people have set on the place's charts.

#include "report/measure_data.hpp"
#include "store/chart_marks.hpp"
#include "web/page_choice.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

struct MeasureChoice {
    PageChoice page;  ///< its place as the view has it
    ServiceView view = ServiceView::as_was;
    const MeasureDefinition* measure = nullptr;  ///< null: the page is about all of them
    std::optional<ChartKind> chart;              ///< another than the measure's own

    /// `place=service%3AS0006&month=2018-10`, and view and chart where they are not the usual ones.
    std::string query(const Figures& figures) const;
    /// `/measures/red_share`, with the end given, `/services` or none; without a query.
    std::string path(std::string_view end = {}) const;
};

/// From `place`, `month`, `view` and `chart` of the query, and the measure's name in the path where the route
/// has one. A service that has merged is chosen as the one that it is part of now, in the view as_now. Throws
/// HttpError 404 for a measure that is not there, 400 for anything else.
MeasureChoice read_measure_choice(Context& context);

/// As the choice, about another measure.
MeasureChoice about_measure(MeasureChoice choice, const MeasureDefinition& measure);

/// Throws HttpError 400 for a view that is neither; as_was when the query has none.
ServiceView read_service_view(Context& context);

/// `XmR chart`, `p-chart`, `run chart`, `line`.
std::string_view words_for(ChartKind chart);

/// What the tables of measures are made from: borrowed from the context, the newest snapshot's.
MeasureSource measure_source(Context& context);

/// The marks on the charts of one place, as the store has them.
class PlaceMarks {
  public:
    PlaceMarks(Context& context, std::string place_key);
    ChartMarks of(const MeasureDefinition& measure) const;
    /// Everything that was set on the measure's chart, and what it withdrew, newest first.
    std::vector<ChartMarkEntry> history(const MeasureDefinition& measure) const;
    /// As charts take them.
    SeriesMarks series(const MeasureDefinition& measure) const;
    /// The newest entry of any place; 0: none. Who keeps what follows from the marks keeps it by this.
    std::int64_t newest() const { return m_entries.empty() ? 0 : m_entries.back().number; }

  private:
    std::vector<ChartMarkEntry> m_entries;
    std::string m_place_key;
};

/// A measure's months up to the page's, with the place's marks and the chart chosen.
MeasureSeries chosen_series(Context& context, const MeasureChoice& choice, const PlaceMarks& marks);

}  // namespace optimat
