#include "measure/compare.hpp"

#include <algorithm>
#include <cmath>

namespace optimat {

namespace {

bool everybody(const State&) { return true; }
bool in_cohort(const State& state) { return state.cohort != Cohort::none; }
template <Cohort cohort> bool is_cohort(const State& state) { return state.cohort == cohort; }
template <Stage stage> bool is_stage(const State& state) { return state.stage == stage; }
bool is_maintained(const State& state) { return state.stage == Stage::mat2 || state.stage == Stage::mat3; }
bool is_banded(const State& state) { return is_maintained(state) && state.band != Band::unknown; }
bool reaches_threshold(const State& state) { return state.band == Band::at_or_above; }
bool is_reducing(const State& state) { return state.regime == Regime::reducing; }
/// As TrackerCell::average_methadone.
bool has_methadone_dose(const State& state) {
    return (is_maintained(state) || state.stage == Stage::uncategorised) &&
           state.medicine == Family::methadone && state.dose_known;
}

using enum MeasureKind;
using enum BetterWhen;
constexpr std::string_view of_cohorts = "of red, amber, green and grey";
constexpr std::string_view of_all = "of all in MAT";
constexpr ComparableMeasure measures[] = {
    {"red_share", "Red: MAT 2 below threshold", of_cohorts, share, lower, in_cohort, is_cohort<Cohort::red>},
    {"amber_share", "Amber: MAT 2 at or above threshold", of_cohorts, share, lower, in_cohort,
     is_cohort<Cohort::amber>},
    {"green_share", "Green: MAT 3 at or above threshold", of_cohorts, share, higher, in_cohort,
     is_cohort<Cohort::green>},
    {"grey_share", "Grey: MAT 3 below threshold", of_cohorts, share, higher, in_cohort,
     is_cohort<Cohort::grey>},
    {"uncategorised_share", "Uncategorised: no recent TOP or drug screen", of_all, share, lower, everybody,
     is_stage<Stage::uncategorised>},
    {"mat1_share", "MAT 1 induction", of_all, share, neither, everybody, is_stage<Stage::mat1>},
    {"mat2_share", "MAT 2 using on top", of_all, share, lower, everybody, is_stage<Stage::mat2>},
    {"mat3_share", "MAT 3 no use on top", of_all, share, higher, everybody, is_stage<Stage::mat3>},
    {"mat4_share", "MAT 4 detoxification", of_all, share, neither, everybody, is_stage<Stage::mat4>},
    {"threshold_share", "At or above the guideline threshold", "of MAT 2 and MAT 3 with a known dose band",
     share, higher, is_banded, reaches_threshold},
    {"mat2_reducing_share", "MAT 2 with a reducing dose", "of MAT 2", share, lower, is_stage<Stage::mat2>,
     is_reducing},
    {"mean_methadone", "Mean methadone dose",
     "people in MAT 2, MAT 3 and uncategorised on methadone with a known dose", mean_dose, neither,
     has_methadone_dose, everybody},
};

/// Standard error of the mean in mg, from exact sums; the only rounding is of the last steps.
double standard_error_mg(const MeasureSums& sums) {
    const auto people = static_cast<std::uint64_t>(sums.denominator);
    const auto total = static_cast<std::uint64_t>(sums.micrograms);
    const auto spread = sums.squares * people - static_cast<decltype(sums.squares)>(total) * total;
    const double n = static_cast<double>(people);
    return std::sqrt(static_cast<double>(spread) / n / (n - 1) / n) / 1000.0;
}

}  // namespace

std::span<const ComparableMeasure> comparable_measures() { return measures; }

const ComparableMeasure* find_measure(std::string_view id) {
    const auto found = std::ranges::find(measures, id, &ComparableMeasure::id);
    return found == std::end(measures) ? nullptr : found;
}

void MeasureSums::add(const State& state, const ComparableMeasure& measure) {
    ++in_mat;
    if (!measure.in_denominator(state)) return;
    ++denominator;
    if (measure.in_numerator(state)) ++numerator;
    if (measure.kind != MeasureKind::mean_dose) return;
    micrograms += state.dose.number;
    const auto dose = static_cast<std::uint64_t>(state.dose.number);
    squares += static_cast<decltype(squares)>(dose) * dose;
}

MeasureSums& MeasureSums::operator+=(const MeasureSums& other) {
    in_mat += other.in_mat;
    denominator += other.denominator;
    numerator += other.numerator;
    micrograms += other.micrograms;
    squares += other.squares;
    return *this;
}

std::optional<double> MeasureSums::value(MeasureKind kind) const {
    if (denominator == 0) return std::nullopt;
    const double people = static_cast<double>(denominator);
    if (kind == MeasureKind::mean_dose) return static_cast<double>(micrograms) / 1000.0 / people;
    return static_cast<double>(numerator) / people;
}

std::optional<Interval> MeasureSums::interval(MeasureKind kind) const {
    if (kind == MeasureKind::share) return wilson_interval(numerator, denominator, z_of_95);
    if (denominator < 2) return std::nullopt;
    const double mean = *value(kind), reach = z_of_95 * standard_error_mg(*this);
    return Interval{mean - reach, mean + reach};
}

Comparison compare(const Extract& extract, const States& states, std::size_t date,
                   std::span<const std::size_t> services, const ComparableMeasure& measure) {
    std::vector<MeasureSums> sums(extract.services.size());
    for (const ChunkStates& chunk : states.chunks)
        for (const State& state : chunk)
            if (state.date == date) sums[*state.service].add(state, measure);
    Comparison comparison{&measure, states.dates[date], {}, {}, {}};
    for (const std::size_t service : services)
        comparison.pooled += sums[service];
    comparison.pooled_value = comparison.pooled.value(measure.kind);
    for (const std::size_t service : services) {
        const MeasureSums& own = sums[service];
        ComparedService compared{service, own, own.value(measure.kind), own.interval(measure.kind), {}};
        if (measure.kind == MeasureKind::share && own.denominator > 0)
            compared.position = funnel_position(own.numerator, own.denominator, *comparison.pooled_value);
        comparison.services.push_back(compared);
    }
    return comparison;
}

}  // namespace optimat
