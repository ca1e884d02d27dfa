#include "web/figures.hpp"

#include "base/check.hpp"
#include "priority/picture.hpp"

#include <algorithm>

namespace optimat {

std::shared_ptr<Figures::KeptPictures> Figures::kept_pictures(std::size_t date) const {
    const std::scoped_lock lock(m_pictures_mutex);
    auto found = std::ranges::find(m_pictures, date, [](const auto& kept) { return kept->date; });
    if (found == m_pictures.end()) {
        // Whoever is still making or reading those that go holds them.
        if (m_pictures.size() == most_pictures) m_pictures.pop_back();
        auto made = std::make_shared<KeptPictures>();
        made->date = date;
        found = m_pictures.insert(m_pictures.end(), std::move(made));
    }
    std::rotate(m_pictures.begin(), found, found + 1);
    return m_pictures.front();
}

std::shared_ptr<const Pictures> Figures::pictures(std::size_t date) const {
    OPTIMAT_CHECK(date < dates().size(), "pictures are of one of the months");
    const auto kept = kept_pictures(date);
    const std::scoped_lock lock(kept->mutex);
    if (!kept->pictures)
        kept->pictures =
            std::make_shared<const Pictures>(make_pictures(m_extract, m_policy, dates()[date], m_threads));
    return kept->pictures;
}

}  // namespace optimat
