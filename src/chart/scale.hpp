#pragma once
// From figures to pixels: linear scales, round ticks, and labels moved apart until none covers another.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat::chart {

/// Maps [from, to] to pixels [at_from, at_to]; pixels may fall as figures rise. An empty range maps to the
/// middle.
struct Scale {
    double from = 0, to = 1, at_from = 0, at_to = 1;
    double operator()(double figure) const;
};

/// Round steps (1, 2 or 5 × a power of ten) that cover [0, highest]: the last tick is at or above `highest`.
/// At most `most` + 1 ticks. With highest 0 or less: 0 and 1.
struct Ticks {
    double step = 1;
    std::vector<double> at;
    double first() const { return at.front(); }
    double last() const { return at.back(); }
};
Ticks nice_ticks(double highest, int most = 5);

/// As nice_ticks, with steps of whole numbers only, for people.
Ticks whole_ticks(double highest, int most = 5);

/// Round steps that cover [lowest, highest], which need not begin at 0: the first tick is at or below
/// `lowest`, the last at or above `highest`. At most `most` + 2 ticks.
Ticks ticks_over(double lowest, double highest, int most = 5);

/// Ticks within [from, to], for a scale that does not begin at 0.
std::vector<double> ticks_between(double from, double to, int most = 5);

/// Moves centres of equally high labels apart: the result, in the order given, has neighbours at least
/// `height` apart and within [top, bottom] when they fit there; labels that need not move stay. When they do
/// not fit they are spread evenly.
std::vector<double> spread_labels(const std::vector<double>& wanted, double height, double top,
                                  double bottom);

/// Intervals on a line, widths given: which of the labels centred at `at` may be written, first come first
/// served, so that none comes nearer than `gap` to one written before. Order of `at` is order of importance.
std::vector<bool> labels_that_fit(const std::vector<double>& at, const std::vector<double>& widths,
                                  double gap);

/// Every how many columns a label is written so that labels `label_width` wide do not touch: 1, 2, 3, 6 or
/// 12, or more twelves. Counted from the last column, which always has one.
std::size_t label_stride(std::size_t columns, double column_width, double label_width);

/// Width of a text in pixels at a font size, from the average widths of a sans-serif face; an upper bound for
/// most texts.
double text_width(std::string_view text, double size);

/// The text cut to a width with an ellipsis, whole when it fits.
std::string fit_text(const std::string& text, double size, double width);

/// The text in lines of at most a width, broken between words; a word that is wider has a line of its own,
/// cut.
std::vector<std::string> wrap_text(const std::string& text, double size, double width);

}  // namespace optimat::chart
