#include "statistics/better_when.hpp"

namespace optimat {

std::string_view text_of(BetterWhen better) {
    constexpr std::string_view texts[] = {"lower", "higher", "neither"};
    return texts[static_cast<std::size_t>(better)];
}

std::string_view text_of(Towards towards) { return towards == Towards::lower ? "lower" : "higher"; }

}  // namespace optimat
