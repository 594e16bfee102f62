#include "CResources.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

/* What the admin's pages are made of; scripts/check-resources holds this list to the folder. */
static const unsigned char account_mustache[] = {
#embed "../../Resources/admin/account.mustache"
};
static const unsigned char admin_css[] = {
#embed "../../Resources/admin/admin.css"
};
static const unsigned char admin_js[] = {
#embed "../../Resources/admin/admin.js"
};
static const unsigned char admin_svg[] = {
#embed "../../Resources/admin/admin.svg"
};
static const unsigned char api_mustache[] = {
#embed "../../Resources/admin/api.mustache"
};
static const unsigned char backup_codes_mustache[] = {
#embed "../../Resources/admin/backup-codes.mustache"
};
static const unsigned char bare_mustache[] = {
#embed "../../Resources/admin/bare.mustache"
};
static const unsigned char bulk_mustache[] = {
#embed "../../Resources/admin/bulk.mustache"
};
static const unsigned char buttons_mustache[] = {
#embed "../../Resources/admin/buttons.mustache"
};
static const unsigned char cell_address_mustache[] = {
#embed "../../Resources/admin/cell-address.mustache"
};
static const unsigned char cell_addresses_mustache[] = {
#embed "../../Resources/admin/cell-addresses.mustache"
};
static const unsigned char cell_badge_mustache[] = {
#embed "../../Resources/admin/cell-badge.mustache"
};
static const unsigned char cell_code_mustache[] = {
#embed "../../Resources/admin/cell-code.mustache"
};
static const unsigned char cell_flag_mustache[] = {
#embed "../../Resources/admin/cell-flag.mustache"
};
static const unsigned char cell_indented_mustache[] = {
#embed "../../Resources/admin/cell-indented.mustache"
};
static const unsigned char cell_json_mustache[] = {
#embed "../../Resources/admin/cell-json.mustache"
};
static const unsigned char cell_link_mustache[] = {
#embed "../../Resources/admin/cell-link.mustache"
};
static const unsigned char cell_long_mustache[] = {
#embed "../../Resources/admin/cell-long.mustache"
};
static const unsigned char cell_moment_mustache[] = {
#embed "../../Resources/admin/cell-moment.mustache"
};
static const unsigned char cell_nothing_mustache[] = {
#embed "../../Resources/admin/cell-nothing.mustache"
};
static const unsigned char cell_photo_mustache[] = {
#embed "../../Resources/admin/cell-photo.mustache"
};
static const unsigned char cell_picture_mustache[] = {
#embed "../../Resources/admin/cell-picture.mustache"
};
static const unsigned char cell_stars_mustache[] = {
#embed "../../Resources/admin/cell-stars.mustache"
};
static const unsigned char cell_text_mustache[] = {
#embed "../../Resources/admin/cell-text.mustache"
};
static const unsigned char chart_mustache[] = {
#embed "../../Resources/admin/chart.mustache"
};
static const unsigned char clash_mustache[] = {
#embed "../../Resources/admin/clash.mustache"
};
static const unsigned char code_mustache[] = {
#embed "../../Resources/admin/code.mustache"
};
static const unsigned char confirm_mustache[] = {
#embed "../../Resources/admin/confirm.mustache"
};
static const unsigned char dashboard_mustache[] = {
#embed "../../Resources/admin/dashboard.mustache"
};
static const unsigned char detail_mustache[] = {
#embed "../../Resources/admin/detail.mustache"
};
static const unsigned char entry_mustache[] = {
#embed "../../Resources/admin/entry.mustache"
};
static const unsigned char field_mustache[] = {
#embed "../../Resources/admin/field.mustache"
};
static const unsigned char fields_mustache[] = {
#embed "../../Resources/admin/fields.mustache"
};
static const unsigned char forgot_mustache[] = {
#embed "../../Resources/admin/forgot.mustache"
};
static const unsigned char form_mustache[] = {
#embed "../../Resources/admin/form.mustache"
};
static const unsigned char front_mustache[] = {
#embed "../../Resources/admin/front.mustache"
};
static const unsigned char grid_mustache[] = {
#embed "../../Resources/admin/grid.mustache"
};
static const unsigned char head_mustache[] = {
#embed "../../Resources/admin/head.mustache"
};
static const unsigned char layout_mustache[] = {
#embed "../../Resources/admin/layout.mustache"
};
static const unsigned char list_mustache[] = {
#embed "../../Resources/admin/list.mustache"
};
static const unsigned char pictures_mustache[] = {
#embed "../../Resources/admin/pictures.mustache"
};
static const unsigned char preview_mustache[] = {
#embed "../../Resources/admin/preview.mustache"
};
static const unsigned char problem_mustache[] = {
#embed "../../Resources/admin/problem.mustache"
};
static const unsigned char reason_mustache[] = {
#embed "../../Resources/admin/reason.mustache"
};
static const unsigned char report_mustache[] = {
#embed "../../Resources/admin/report.mustache"
};
static const unsigned char reset_mustache[] = {
#embed "../../Resources/admin/reset.mustache"
};
static const unsigned char result_mustache[] = {
#embed "../../Resources/admin/result.mustache"
};
static const unsigned char return_mustache[] = {
#embed "../../Resources/admin/return.mustache"
};
static const unsigned char search_mustache[] = {
#embed "../../Resources/admin/search.mustache"
};
static const unsigned char section_mustache[] = {
#embed "../../Resources/admin/section.mustache"
};
static const unsigned char sessions_mustache[] = {
#embed "../../Resources/admin/sessions.mustache"
};
static const unsigned char settings_mustache[] = {
#embed "../../Resources/admin/settings.mustache"
};
static const unsigned char sign_in_mustache[] = {
#embed "../../Resources/admin/sign-in.mustache"
};
static const unsigned char stocktake_booking_mustache[] = {
#embed "../../Resources/admin/stocktake-booking.mustache"
};
static const unsigned char stocktake_js[] = {
#embed "../../Resources/admin/stocktake.js"
};
static const unsigned char stocktake_mustache[] = {
#embed "../../Resources/admin/stocktake.mustache"
};
static const unsigned char table_mustache[] = {
#embed "../../Resources/admin/table.mustache"
};
static const unsigned char two_factor_mustache[] = {
#embed "../../Resources/admin/two-factor.mustache"
};
static const unsigned char welcome_mustache[] = {
#embed "../../Resources/admin/welcome.mustache"
};

static const kontor_resource resources[] = {
    {"account.mustache", account_mustache, sizeof(account_mustache)},
    {"admin.css", admin_css, sizeof(admin_css)},
    {"admin.js", admin_js, sizeof(admin_js)},
    {"admin.svg", admin_svg, sizeof(admin_svg)},
    {"api.mustache", api_mustache, sizeof(api_mustache)},
    {"backup-codes.mustache", backup_codes_mustache, sizeof(backup_codes_mustache)},
    {"bare.mustache", bare_mustache, sizeof(bare_mustache)},
    {"bulk.mustache", bulk_mustache, sizeof(bulk_mustache)},
    {"buttons.mustache", buttons_mustache, sizeof(buttons_mustache)},
    {"cell-address.mustache", cell_address_mustache, sizeof(cell_address_mustache)},
    {"cell-addresses.mustache", cell_addresses_mustache, sizeof(cell_addresses_mustache)},
    {"cell-badge.mustache", cell_badge_mustache, sizeof(cell_badge_mustache)},
    {"cell-code.mustache", cell_code_mustache, sizeof(cell_code_mustache)},
    {"cell-flag.mustache", cell_flag_mustache, sizeof(cell_flag_mustache)},
    {"cell-indented.mustache", cell_indented_mustache, sizeof(cell_indented_mustache)},
    {"cell-json.mustache", cell_json_mustache, sizeof(cell_json_mustache)},
    {"cell-link.mustache", cell_link_mustache, sizeof(cell_link_mustache)},
    {"cell-long.mustache", cell_long_mustache, sizeof(cell_long_mustache)},
    {"cell-moment.mustache", cell_moment_mustache, sizeof(cell_moment_mustache)},
    {"cell-nothing.mustache", cell_nothing_mustache, sizeof(cell_nothing_mustache)},
    {"cell-photo.mustache", cell_photo_mustache, sizeof(cell_photo_mustache)},
    {"cell-picture.mustache", cell_picture_mustache, sizeof(cell_picture_mustache)},
    {"cell-stars.mustache", cell_stars_mustache, sizeof(cell_stars_mustache)},
    {"cell-text.mustache", cell_text_mustache, sizeof(cell_text_mustache)},
    {"chart.mustache", chart_mustache, sizeof(chart_mustache)},
    {"clash.mustache", clash_mustache, sizeof(clash_mustache)},
    {"code.mustache", code_mustache, sizeof(code_mustache)},
    {"confirm.mustache", confirm_mustache, sizeof(confirm_mustache)},
    {"dashboard.mustache", dashboard_mustache, sizeof(dashboard_mustache)},
    {"detail.mustache", detail_mustache, sizeof(detail_mustache)},
    {"entry.mustache", entry_mustache, sizeof(entry_mustache)},
    {"field.mustache", field_mustache, sizeof(field_mustache)},
    {"fields.mustache", fields_mustache, sizeof(fields_mustache)},
    {"forgot.mustache", forgot_mustache, sizeof(forgot_mustache)},
    {"form.mustache", form_mustache, sizeof(form_mustache)},
    {"front.mustache", front_mustache, sizeof(front_mustache)},
    {"grid.mustache", grid_mustache, sizeof(grid_mustache)},
    {"head.mustache", head_mustache, sizeof(head_mustache)},
    {"layout.mustache", layout_mustache, sizeof(layout_mustache)},
    {"list.mustache", list_mustache, sizeof(list_mustache)},
    {"pictures.mustache", pictures_mustache, sizeof(pictures_mustache)},
    {"preview.mustache", preview_mustache, sizeof(preview_mustache)},
    {"problem.mustache", problem_mustache, sizeof(problem_mustache)},
    {"reason.mustache", reason_mustache, sizeof(reason_mustache)},
    {"report.mustache", report_mustache, sizeof(report_mustache)},
    {"reset.mustache", reset_mustache, sizeof(reset_mustache)},
    {"result.mustache", result_mustache, sizeof(result_mustache)},
    {"return.mustache", return_mustache, sizeof(return_mustache)},
    {"search.mustache", search_mustache, sizeof(search_mustache)},
    {"section.mustache", section_mustache, sizeof(section_mustache)},
    {"sessions.mustache", sessions_mustache, sizeof(sessions_mustache)},
    {"settings.mustache", settings_mustache, sizeof(settings_mustache)},
    {"sign-in.mustache", sign_in_mustache, sizeof(sign_in_mustache)},
    {"stocktake-booking.mustache", stocktake_booking_mustache, sizeof(stocktake_booking_mustache)},
    {"stocktake.js", stocktake_js, sizeof(stocktake_js)},
    {"stocktake.mustache", stocktake_mustache, sizeof(stocktake_mustache)},
    {"table.mustache", table_mustache, sizeof(table_mustache)},
    {"two-factor.mustache", two_factor_mustache, sizeof(two_factor_mustache)},
    {"welcome.mustache", welcome_mustache, sizeof(welcome_mustache)},
};

const size_t kontor_admin_resource_count = sizeof(resources) / sizeof(resources[0]);

kontor_resource kontor_admin_resource_at(size_t index) { return resources[index]; }
