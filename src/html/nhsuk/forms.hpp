#pragma once
// Controls of forms: input, password input, select, textarea, file upload, date input. See parts.hpp.

#include "html/nhsuk/parts.hpp"

namespace optimat::nhsuk {

/// Text before or behind what is typed: mg, %.
struct Affix {
    Html content = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};

struct Input {
    std::string name = {};
    Label label = {};
    std::string id = {};  ///< empty: as the name
    std::string type = "text";
    std::optional<std::string> value = {};
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    bool marked_as_error = false;  ///< red without a message of its own, as in a group
    std::optional<Affix> prefix = {};
    std::optional<Affix> suffix = {};
    std::string width = {};  ///< characters: 2, 3, 4, 5, 10, 20 or 30
    bool large = false;
    bool code = false;
    bool disabled = false;
    std::string described_by = {};
    std::string inputmode = {};
    std::string autocomplete = {};
    std::string autocapitalize = {};
    std::string pattern = {};
    std::string placeholder = {};
    std::optional<bool> spellcheck = {};
    FormGroup form_group = {};
    FormGroup wrapper =
        {};  ///< its classes and attributes, for what stands around prefix, control and suffix
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html input(const Input& input);

/// A password with a button that shows it. Texts that are empty are the package's English ones.
struct PasswordInput {
    std::string name = {};
    Label label = {};
    std::string id = {};
    std::optional<std::string> value = {};
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    bool marked_as_error = false;
    std::string autocomplete = "current-password";
    bool disabled = false;
    std::optional<bool> button_disabled = {};  ///< absent: as the control
    std::optional<bool> prevent_double_click = {};
    bool code = false;
    std::string width = {};
    std::optional<Affix> prefix = {};
    std::string described_by = {};
    std::string show_password_text = {};
    std::string hide_password_text = {};
    std::string show_password_aria_label = {};
    std::string hide_password_aria_label = {};
    std::string password_shown_announcement_text = {};
    std::string password_hidden_announcement_text = {};
    std::string button_classes = {};
    std::string button_variant = "secondary";
    FormGroup form_group = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html password_input(const PasswordInput& input);

struct SelectItem {
    std::string text = {};
    std::optional<std::string> value = {};  ///< absent: the text
    bool selected = false;
    bool disabled = false;
    bool divider = false;  ///< a line instead of an item
    ExtraAttributes attributes = {};
};

struct Select {
    std::string name = {};
    Label label = {};
    std::vector<SelectItem> items = {};
    std::string id = {};     ///< empty: as the name
    std::string value = {};  ///< the item that is selected, unless items say so themselves
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    bool marked_as_error = false;
    bool disabled = false;
    std::string described_by = {};
    FormGroup form_group = {};
    FormGroup wrapper = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html select(const Select& select);

struct Textarea {
    std::string name = {};
    Label label = {};
    std::string id = {};
    std::string value = {};
    int rows = 5;
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    bool marked_as_error = false;
    bool disabled = false;
    std::optional<bool> spellcheck = {};
    std::string autocomplete = {};
    std::string described_by = {};
    FormGroup form_group = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html textarea(const Textarea& textarea);

/// Texts that are empty are the package's English ones.
struct FileUpload {
    std::string name = {};
    Label label = {};
    std::string id = {};
    bool multiple = false;
    bool disabled = false;
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    bool marked_as_error = false;
    std::string described_by = {};
    std::optional<std::vector<std::string>> choose_files_button_classes = {};  ///< absent: the package's
    std::string choose_files_button_text = {};
    std::string no_file_chosen_text = {};
    /// By plural rule: ("one", "%{count} file chosen"), ("other", …).
    std::vector<std::pair<std::string, std::string>> multiple_files_chosen_text = {};
    std::string drop_instruction_text = {};
    std::string entered_drop_zone_text = {};
    std::string left_drop_zone_text = {};
    FormGroup form_group = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
Html file_upload(const FileUpload& upload);

struct DateItem {
    std::string name = {};  ///< day, month, year
    std::optional<std::string> value = {};
    std::string id = {};  ///< empty: the date's id and the name
    Label label = {};     ///< empty: the name with a capital letter
    std::string width = "2";
    std::optional<bool> error = {};  ///< whether this part is wrong; absent: as the date
    std::string inputmode = "numeric";
    std::string autocomplete = {};
    std::string pattern = {};
    std::optional<bool> disabled = {};  ///< absent: as the date
    std::string classes = {};
    ExtraAttributes attributes = {};
};

struct DateInput {
    std::string id = {};
    std::vector<DateItem> items = {};       ///< see date_items()
    std::string name_prefix = {};           ///< names become prefix[day]
    std::optional<Fieldset> fieldset = {};  ///< its content is not used
    std::optional<Hint> hint = {};
    std::optional<ErrorMessage> error_message = {};
    bool marked_as_error = false;
    bool disabled = false;
    FormGroup form_group = {};
    std::string classes = {};
    ExtraAttributes attributes = {};
};
/// Day, month and year with these values.
std::vector<DateItem> date_items(std::optional<std::string> day = {}, std::optional<std::string> month = {},
                                 std::optional<std::string> year = {});
Html date_input(const DateInput& date);

}  // namespace optimat::nhsuk
