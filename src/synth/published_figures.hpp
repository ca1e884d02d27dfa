#pragma once
// The published figures that the synthetic organisation is made to meet, each with the tolerance that
// docs/synthetic.md states and a test enforces. Source: Improving medication-assisted treatment toolkit,
// figures of October 2018 (sections 2.1, 4.1, 5.1, 6.2.1, 6.4.2, Figures 4 and 8). Whole hundredths
// throughout: 1577 is 15.77 % or 15.77 mg. No rule of measurement reads this file.

#include <array>
#include <string_view>

namespace optimat::published {

struct Figure {
    std::string_view name;
    int hundredths;            ///< the published value
    int tolerance_hundredths;  ///< the synthetic organisation lies within value ± tolerance
};

/// People on an active MAT prescription on the last day, when `clients` is left at its default; always exact.
inline constexpr int people_in_mat = 27'080;
/// Below so many people or services the two services of Figures 8 and 4 are left out.
inline constexpr int least_clients_with_figures = 2'000;
inline constexpr int least_services_with_figures = 4;

// Shares of all in MAT on the last day.
inline constexpr Figure mat1{"MAT1, % of all in MAT", 1577, 30};
inline constexpr Figure mat2{"MAT2, % of all in MAT", 3983, 30};
inline constexpr Figure mat2_below{"MAT2 below threshold, % of all in MAT", 1654, 30};
inline constexpr Figure mat2_at_or_above{"MAT2 at or above threshold, % of all in MAT", 2328, 30};
inline constexpr Figure mat2_reducing{"MAT2 reducing, % of all in MAT", 73, 30};
inline constexpr Figure mat2_static{"MAT2 static, % of all in MAT", 3880, 30};
inline constexpr Figure mat2_increasing{"MAT2 increasing, % of all in MAT", 23, 30};
inline constexpr Figure mat2_detox{"MAT2 detox, % of all in MAT", 6, 30};
inline constexpr Figure uncategorised{"uncategorised, % of all in MAT", 725, 30};

// The red cohort of red + amber + green + grey, and its change since eleven months before.
inline constexpr Figure red_share{"red, % of red + amber + green + grey", 2200, 100};
inline constexpr Figure red_share_change{"change of the red share in eleven months, points", -400, 100};

// Mean doses, mg.
inline constexpr Figure mat2_methadone{"MAT2 mean methadone, mg", 5822, 30};
inline constexpr Figure mat2_buprenorphine{"MAT2 mean buprenorphine, mg", 1163, 15};
inline constexpr Figure mat2_below_methadone{"MAT2 below: mean methadone, mg", 4116, 30};
inline constexpr Figure mat2_below_buprenorphine{"MAT2 below: mean buprenorphine, mg", 689, 15};
inline constexpr Figure mat2_at_or_above_methadone{"MAT2 at or above: mean methadone, mg", 7021, 30};
inline constexpr Figure mat2_at_or_above_buprenorphine{"MAT2 at or above: mean buprenorphine, mg", 1525, 15};
inline constexpr Figure mat3_methadone{"MAT3 mean methadone, mg", 4992, 30};
inline constexpr Figure mat3_buprenorphine{"MAT3 mean buprenorphine, mg", 932, 15};

inline constexpr Figure supervision_rate{"supervised, % of people on a daily medicine", 5200, 100};

/// Every figure above, for a test that goes through them.
inline constexpr std::array figures = {mat1,
                                       mat2,
                                       mat2_below,
                                       mat2_at_or_above,
                                       mat2_reducing,
                                       mat2_static,
                                       mat2_increasing,
                                       mat2_detox,
                                       uncategorised,
                                       red_share,
                                       red_share_change,
                                       mat2_methadone,
                                       mat2_buprenorphine,
                                       mat2_below_methadone,
                                       mat2_below_buprenorphine,
                                       mat2_at_or_above_methadone,
                                       mat2_at_or_above_buprenorphine,
                                       mat3_methadone,
                                       mat3_buprenorphine,
                                       supervision_rate};

/// Supervised-consumption inventories from the ninth to the third month before the end (February to August
/// 2018), for 27,080 people; in proportion otherwise. Within ± 2 %.
struct Inventories {
    int completed, not_supervised, supervised;
    int agreement_hundredths;  ///< % where (any item present) = supervised after
    int tolerance_hundredths;  ///< of each count, in % of the count; of the agreement, in points
};
inline constexpr Inventories inventories{3808, 2173, 1635, 8500, 200};

/// Figure 8, one service on the last day: exact, means to the printed hundredth.
struct Figure8 {
    int in_mat, mat1, mat2, below, at_or_above;
    int reducing, stable, increasing, detox;  ///< of MAT2; `stable` is the regime static
    int methadone, buprenorphine;             ///< mean of MAT2, hundredths of a milligram
    int below_methadone;
    int at_or_above_methadone, at_or_above_buprenorphine;
};
inline constexpr Figure8 figure_8{518, 31, 262, 92, 170, 2, 258, 2, 0, 5972, 1174, 4128, 6912, 1576};

/// Figure 4, one service eleven months before the last day: exact, the mean to the printed tenth.
struct Figure4 {
    int grey, green, amber, red, uncategorised;
    int methadone_tenths;  ///< mean over MAT2, MAT3 and uncategorised
};
inline constexpr Figure4 figure_4{108, 52, 95, 81, 57, 507};

}  // namespace optimat::published
