#include "stage/state.hpp"

namespace optimat {

namespace {
constexpr std::string_view stage_texts[] = {"MAT1", "MAT2", "MAT3", "MAT4", "uncategorised"};
constexpr std::string_view band_texts[] = {"below", "at_or_above", "unknown"};
constexpr std::string_view regime_texts[] = {"reducing", "static", "increasing", "detox", "unknown"};
constexpr std::string_view cohort_texts[] = {"red", "amber", "green", "grey", ""};
}  // namespace

std::string_view text_of(Stage stage) { return stage_texts[static_cast<std::size_t>(stage)]; }
std::string_view text_of(Band band) { return band_texts[static_cast<std::size_t>(band)]; }
std::string_view text_of(Regime regime) { return regime_texts[static_cast<std::size_t>(regime)]; }
std::string_view text_of(Cohort cohort) { return cohort_texts[static_cast<std::size_t>(cohort)]; }

std::size_t States::count() const {
    std::size_t count = 0;
    for (const ChunkStates& states : chunks)
        count += states.size();
    return count;
}

}  // namespace optimat
