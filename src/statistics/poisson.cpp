#include "statistics/poisson.hpp"

#include <cmath>
#include <limits>

namespace optimat {

namespace {

constexpr double negligible = 1e-16;

double leading_factor(double shape, double x) {
    return std::exp(shape * std::log(x) - x - std::lgamma(shape));
}

/// Σ xⁿ / (shape (shape+1) … (shape+n)): falls quickly while x < shape + 1.
double lower_by_series(double shape, double x) {
    double term = 1 / shape, sum = term;
    for (double next = shape + 1; term > sum * negligible; ++next)
        sum += term *= x / next;
    return sum * leading_factor(shape, x);
}

/// Legendre's continued fraction, evaluated forwards (Lentz): for x ≥ shape + 1.
double upper_by_fraction(double shape, double x) {
    constexpr double tiny = std::numeric_limits<double>::min() / std::numeric_limits<double>::epsilon();
    double b = x + 1 - shape, c = 1 / tiny, d = 1 / b, fraction = d;
    for (double i = 1, change = 2; std::abs(change - 1) > 1e-15 && i < 1e6; ++i) {
        const double a = -i * (i - shape);
        b += 2;
        d = a * d + b;
        d = 1 / (std::abs(d) < tiny ? tiny : d);
        c = b + a / c;
        if (std::abs(c) < tiny) c = tiny;
        change = c * d;
        fraction *= change;
    }
    return fraction * leading_factor(shape, x);
}

/// The x at which P(shape, x), which rises with x, is `probability`.
double inverse_gamma(double shape, double probability) {
    double low = 0, high = shape + 1;
    while (regularised_gamma(shape, high) < probability)
        high *= 2;
    for (double middle = high / 2; middle > low && middle < high; middle = low + (high - low) / 2)
        (regularised_gamma(shape, middle) < probability ? low : high) = middle;
    return high;
}

}  // namespace

double regularised_gamma(double shape, double x) {
    if (x <= 0) return 0;
    return x < shape + 1 ? lower_by_series(shape, x) : 1 - upper_by_fraction(shape, x);
}

double expectation_of_at_least(std::int64_t events, double tail) {
    return inverse_gamma(static_cast<double>(events), tail);
}

double expectation_of_at_most(std::int64_t events, double tail) {
    return inverse_gamma(static_cast<double>(events) + 1, 1 - tail);
}

}  // namespace optimat
