#pragma once
// A measure: what is divided by what. definitions/measures.toml holds them; report/measure_texts reads it.

#include "outcome/measure_item.hpp"
#include "statistics/better_when.hpp"

#include <string>
#include <vector>

namespace optimat {

struct MeasureCell;

/// What a measure's value is.
enum class MeasureValue : std::uint8_t {
    share,  ///< things in the numerator's parts ÷ things in the denominator's
    mean,   ///< sum of the values in the numerator's parts ÷ things in them
    rate  ///< things in the numerator's parts per 100 person-years; the denominator's values are person-days
};
std::string_view text_of(MeasureValue value);

/// How a measure is looked at over time.
enum class ChartKind : std::uint8_t {
    xmr,
    p_chart,
    run_chart,
    line  ///< not judged: the months overlap
};
std::string_view text_of(ChartKind chart);

/// For which places a measure leaves the organisation, under disclosure control. In rising order.
enum class MeasureLeaves : std::uint8_t {
    nowhere,
    organisation,  ///< for the whole organisation alone: for a service it would tell of few people
    everywhere     ///< for the organisation, its regions, areas and services
};
std::string_view text_of(MeasureLeaves leaves);

struct MeasureDefinition {
    std::string name;               ///< `induction_completed`
    std::string title;              ///< `Inductions completed`
    std::string group;              ///< id of the group it stands in on pages: `induction`
    std::string words;              ///< what it says, in a sentence
    std::string denominator_words;  ///< `of inductions whose 28 days have passed`
    std::string source;             ///< of the definition
    const MeasureFunction* function = nullptr;
    MeasureValue value = MeasureValue::share;
    std::vector<std::uint8_t> numerator, denominator;  ///< parts, rising; of a mean the same twice
    BetterWhen better = BetterWhen::neither;
    ChartKind chart = ChartKind::xmr;
    MeasureLeaves leaves = MeasureLeaves::nowhere;
    std::vector<std::string> beside;  ///< names of measures that must stand beside it wherever it is shown
};

/// Words for a part of a function.
struct PartText {
    std::string name, title;  ///< `dropped_out`, `Dropped out`
    bool outside = false;     ///< in no denominator of any measure: too early, not known
};
struct FunctionText {
    std::string name;             ///< of the function
    std::string title;            ///< `Inductions`
    std::string thing;            ///< what is counted, plural: `inductions`
    std::vector<PartText> parts;  ///< in the order of MeasureFunction::parts
};
struct MeasureGroup {
    std::string id, title;
};

struct MeasureDefinitions {
    std::string version, source;
    std::vector<MeasureGroup> groups;
    std::vector<FunctionText> functions;      ///< every function that a measure uses
    std::vector<MeasureDefinition> measures;  ///< in the order of the file

    const MeasureDefinition* find(std::string_view name) const;  ///< null: none
    const FunctionText& text(const MeasureFunction& function) const;
};

/// One measure of one cell: exact.
struct MeasureFigure {
    std::int64_t numerator = 0;    ///< things; of a mean the sum of values
    std::int64_t denominator = 0;  ///< things; of a rate person-days
    std::int64_t population = 0;   ///< things that were looked at, those outside too
    std::int64_t outside() const;  ///< of a share and a mean: population less denominator
    MeasureValue value_kind = MeasureValue::share;
    MeasureUnit unit = MeasureUnit::none;
    /// A share 0 to 1, a mean in mg or days, a rate per 100 person-years; nothing when the denominator is 0.
    std::optional<double> value() const;
};
MeasureFigure figure_of(const MeasureDefinition& measure, const MeasureCell& cell);

}  // namespace optimat
