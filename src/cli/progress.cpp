#include "cli/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace optimat {

namespace {

constexpr auto patience = std::chrono::milliseconds(500), between_drawings = std::chrono::milliseconds(100);
constexpr std::uint64_t bar_width = 40;

}  // namespace

ProgressBar::ProgressBar(const Settings& settings, std::string what)
    : m_what(std::move(what)),
      m_wanted(settings.talk == Talk::normal && ::isatty(STDERR_FILENO) == 1),
      m_started(Clock::now()) {}

ProgressBar::~ProgressBar() {
    if (m_shown) std::fputs("\r\x1b[K", stderr);
}

void ProgressBar::show(std::uint64_t done, std::uint64_t all) {
    const auto now = Clock::now();
    if (!m_wanted || all == 0 || now - m_started < patience || now - m_drawn < between_drawings) return;
    m_drawn = now;
    m_shown = true;
    const double share = std::min(1.0, static_cast<double>(done) / static_cast<double>(all));
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(bar_width));
    fmt::print(stderr, "\r{} [{}{}] {:3.0f} %\x1b[K", m_what, std::string(filled, '='),
               std::string(bar_width - filled, ' '), share * 100);
    std::fflush(stderr);
}

}  // namespace optimat
