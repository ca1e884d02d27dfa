#include "outcome/measure_definition.hpp"

#include "base/check.hpp"
#include "outcome/measure_grid.hpp"

#include <algorithm>

namespace optimat {

namespace {

constexpr std::string_view value_texts[] = {"share", "mean", "rate"};
constexpr std::string_view chart_texts[] = {"xmr", "p_chart", "run_chart", "line"};
constexpr std::string_view leaves_texts[] = {"nowhere", "organisation", "everywhere"};
/// A year is 365.25 days.
constexpr double days_of_100_years = 36'525;
constexpr double micrograms_a_mg = 1000;

}  // namespace

std::string_view text_of(MeasureValue value) { return value_texts[static_cast<std::size_t>(value)]; }
std::string_view text_of(ChartKind chart) { return chart_texts[static_cast<std::size_t>(chart)]; }

std::string_view text_of(MeasureLeaves leaves) { return leaves_texts[static_cast<std::size_t>(leaves)]; }

const MeasureDefinition* MeasureDefinitions::find(std::string_view name) const {
    const auto found = std::ranges::find(measures, name, &MeasureDefinition::name);
    return found == measures.end() ? nullptr : &*found;
}

const FunctionText& MeasureDefinitions::text(const MeasureFunction& function) const {
    const auto found = std::ranges::find(functions, function.name, &FunctionText::name);
    OPTIMAT_CHECK(found != functions.end(), "a measure's function has no words");
    return *found;
}

std::int64_t MeasureFigure::outside() const {
    return value_kind == MeasureValue::rate ? 0 : population - denominator;
}

std::optional<double> MeasureFigure::value() const {
    if (denominator == 0) return std::nullopt;
    const double quotient = static_cast<double>(numerator) / static_cast<double>(denominator);
    if (value_kind == MeasureValue::rate) return quotient * days_of_100_years;
    const bool dose = value_kind == MeasureValue::mean && unit == MeasureUnit::micrograms;
    return dose ? quotient / micrograms_a_mg : quotient;
}

MeasureFigure figure_of(const MeasureDefinition& measure, const MeasureCell& cell) {
    MeasureFigure figure;
    figure.value_kind = measure.value;
    figure.unit = measure.function->unit;
    figure.population = cell.all();
    for (const std::uint8_t part : measure.numerator)
        figure.numerator += measure.value == MeasureValue::mean ? cell.sum[part] : cell.count[part];
    for (const std::uint8_t part : measure.denominator)
        figure.denominator += measure.value == MeasureValue::rate ? cell.sum[part] : cell.count[part];
    return figure;
}

}  // namespace optimat
