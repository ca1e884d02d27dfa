#pragma once
// What the form of an inventory is filled with, and the page it stands on.

#include "priority/picture.hpp"
#include "store/asci_answers.hpp"
#include "web/pages/forms.hpp"
#include "web/views_person.hpp"

#include <memory>
#include <string>
#include <vector>

namespace optimat {

/// What the form is about: the person, what is stored of them, and what is being typed.
struct AsciForm {
    PersonChoice person;
    std::shared_ptr<const Pictures> pictures;  ///< of the newest month
    const PersonPicture* picture = nullptr;    ///< of the person; null: neither in MAT nor on list 6
    std::vector<AsciAnswer> stored;            ///< of the person, oldest first
    AsciAnswer typed;
    std::int64_t seen = 0;  ///< the number of the newest stored one when the form was made

    std::string address() const;  ///< of the form
    /// What is corrected; null: nothing is.
    const AsciAnswer* corrected() const;
};

/// `item_diverted_this_episode`: the field of an item.
std::string asci_item_field(const std::string& item);

Response asci_form_page(Context& context, const AsciForm& form, const FieldErrors& errors, int status);

}  // namespace optimat
