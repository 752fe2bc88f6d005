// Written by scripts/generate-shipped.sh; do not edit.
#include "shipped.h"

// A zero byte ends every array, so that an empty file is an array too. It is not counted in the size.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_0[] = {
#embed "../../agents/context-reviewer.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_1[] = {
#embed "../../agents/process-state-auditor.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_2[] = {
#embed "../../agents/twelve-factor-reviewer.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_3[] = {
#embed "../../commands/add-rule.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_4[] = {
#embed "../../commands/explain-finding.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_5[] = {
#embed "../../commands/review-context.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_6[] = {
#embed "../../commands/review-twelve-factor.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_7[] = {
#embed "../../platforms.yaml" suffix(, 0) if_empty(0)
};
static const unsigned char file_8[] = {
#embed "../../rules/attached-backing-services.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_9[] = {
#embed "../../rules/attached-backing-services.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_10[] = {
#embed "../../rules/attached-backing-services.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_11[] = {
#embed "../../rules/attached-backing-services.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_12[] = {
#embed "../../rules/build-release-run.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_13[] = {
#embed "../../rules/build-release-run.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_14[] = {
#embed "../../rules/build-release-run.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_15[] = {
#embed "../../rules/build-release-run.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_16[] = {
#embed "../../rules/canonical-tree.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_17[] = {
#embed "../../rules/config-in-environment.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_18[] = {
#embed "../../rules/config-in-environment.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_19[] = {
#embed "../../rules/config-in-environment.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_20[] = {
#embed "../../rules/config-in-environment.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_21[] = {
#embed "../../rules/dev-prod-parity.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_22[] = {
#embed "../../rules/dev-prod-parity.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_23[] = {
#embed "../../rules/dev-prod-parity.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_24[] = {
#embed "../../rules/dev-prod-parity.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_25[] = {
#embed "../../rules/disposable-processes.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_26[] = {
#embed "../../rules/disposable-processes.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_27[] = {
#embed "../../rules/disposable-processes.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_28[] = {
#embed "../../rules/disposable-processes.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_29[] = {
#embed "../../rules/explicit-dependencies.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_30[] = {
#embed "../../rules/explicit-dependencies.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_31[] = {
#embed "../../rules/explicit-dependencies.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_32[] = {
#embed "../../rules/explicit-dependencies.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_33[] = {
#embed "../../rules/logs-as-event-streams.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_34[] = {
#embed "../../rules/logs-as-event-streams.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_35[] = {
#embed "../../rules/logs-as-event-streams.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_36[] = {
#embed "../../rules/logs-as-event-streams.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_37[] = {
#embed "../../rules/one-codebase.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_38[] = {
#embed "../../rules/one-codebase.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_39[] = {
#embed "../../rules/one-codebase.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_40[] = {
#embed "../../rules/one-codebase.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_41[] = {
#embed "../../rules/one-off-admin-processes.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_42[] = {
#embed "../../rules/one-off-admin-processes.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_43[] = {
#embed "../../rules/one-off-admin-processes.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_44[] = {
#embed "../../rules/one-off-admin-processes.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_45[] = {
#embed "../../rules/port-binding.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_46[] = {
#embed "../../rules/port-binding.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_47[] = {
#embed "../../rules/port-binding.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_48[] = {
#embed "../../rules/port-binding.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_49[] = {
#embed "../../rules/process-concurrency.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_50[] = {
#embed "../../rules/process-concurrency.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_51[] = {
#embed "../../rules/process-concurrency.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_52[] = {
#embed "../../rules/process-concurrency.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_53[] = {
#embed "../../rules/stateless-processes.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_54[] = {
#embed "../../rules/stateless-processes.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_55[] = {
#embed "../../rules/stateless-processes.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_56[] = {
#embed "../../rules/stateless-processes.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_57[] = {
#embed "../../rules/twelve-factor.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_58[] = {
#embed "../../rules/twelve-factor.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_59[] = {
#embed "../../rules/twelve-factor.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_60[] = {
#embed "../../rules/twelve-factor.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_61[] = {
#embed "../../skills/audit-twelve-factor/SKILL.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_62[] = {
#embed "../../skills/audit-twelve-factor/references/checklist.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_63[] = {
#embed "../../skills/audit-twelve-factor/scripts/inventory.sh" suffix(, 0) if_empty(0)
};
static const unsigned char file_64[] = {
#embed "../../skills/edit-canonical-tree/SKILL.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_65[] = {
#embed "../../skills/edit-canonical-tree/references/format.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_66[] = {
#embed "../../skills/edit-canonical-tree/scripts/which-source.sh" suffix(, 0) if_empty(0)
};
static const unsigned char file_67[] = {
#embed "../../skills/write-rule/SKILL.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_68[] = {
#embed "../../skills/write-rule/references/checks.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_69[] = {
#embed "../../skills/write-rule/references/rule-template.md" suffix(, 0) if_empty(0)
};

static const struct aiwg_shipped_file files[] = {
  {"agents/context-reviewer.md", file_0, sizeof file_0 - 1, 0},
  {"agents/process-state-auditor.md", file_1, sizeof file_1 - 1, 0},
  {"agents/twelve-factor-reviewer.md", file_2, sizeof file_2 - 1, 0},
  {"commands/add-rule.md", file_3, sizeof file_3 - 1, 0},
  {"commands/explain-finding.md", file_4, sizeof file_4 - 1, 0},
  {"commands/review-context.md", file_5, sizeof file_5 - 1, 0},
  {"commands/review-twelve-factor.md", file_6, sizeof file_6 - 1, 0},
  {"platforms.yaml", file_7, sizeof file_7 - 1, 0},
  {"rules/attached-backing-services.es.md", file_8, sizeof file_8 - 1, 0},
  {"rules/attached-backing-services.id.md", file_9, sizeof file_9 - 1, 0},
  {"rules/attached-backing-services.md", file_10, sizeof file_10 - 1, 0},
  {"rules/attached-backing-services.pt-BR.md", file_11, sizeof file_11 - 1, 0},
  {"rules/build-release-run.es.md", file_12, sizeof file_12 - 1, 0},
  {"rules/build-release-run.id.md", file_13, sizeof file_13 - 1, 0},
  {"rules/build-release-run.md", file_14, sizeof file_14 - 1, 0},
  {"rules/build-release-run.pt-BR.md", file_15, sizeof file_15 - 1, 0},
  {"rules/canonical-tree.md", file_16, sizeof file_16 - 1, 0},
  {"rules/config-in-environment.es.md", file_17, sizeof file_17 - 1, 0},
  {"rules/config-in-environment.id.md", file_18, sizeof file_18 - 1, 0},
  {"rules/config-in-environment.md", file_19, sizeof file_19 - 1, 0},
  {"rules/config-in-environment.pt-BR.md", file_20, sizeof file_20 - 1, 0},
  {"rules/dev-prod-parity.es.md", file_21, sizeof file_21 - 1, 0},
  {"rules/dev-prod-parity.id.md", file_22, sizeof file_22 - 1, 0},
  {"rules/dev-prod-parity.md", file_23, sizeof file_23 - 1, 0},
  {"rules/dev-prod-parity.pt-BR.md", file_24, sizeof file_24 - 1, 0},
  {"rules/disposable-processes.es.md", file_25, sizeof file_25 - 1, 0},
  {"rules/disposable-processes.id.md", file_26, sizeof file_26 - 1, 0},
  {"rules/disposable-processes.md", file_27, sizeof file_27 - 1, 0},
  {"rules/disposable-processes.pt-BR.md", file_28, sizeof file_28 - 1, 0},
  {"rules/explicit-dependencies.es.md", file_29, sizeof file_29 - 1, 0},
  {"rules/explicit-dependencies.id.md", file_30, sizeof file_30 - 1, 0},
  {"rules/explicit-dependencies.md", file_31, sizeof file_31 - 1, 0},
  {"rules/explicit-dependencies.pt-BR.md", file_32, sizeof file_32 - 1, 0},
  {"rules/logs-as-event-streams.es.md", file_33, sizeof file_33 - 1, 0},
  {"rules/logs-as-event-streams.id.md", file_34, sizeof file_34 - 1, 0},
  {"rules/logs-as-event-streams.md", file_35, sizeof file_35 - 1, 0},
  {"rules/logs-as-event-streams.pt-BR.md", file_36, sizeof file_36 - 1, 0},
  {"rules/one-codebase.es.md", file_37, sizeof file_37 - 1, 0},
  {"rules/one-codebase.id.md", file_38, sizeof file_38 - 1, 0},
  {"rules/one-codebase.md", file_39, sizeof file_39 - 1, 0},
  {"rules/one-codebase.pt-BR.md", file_40, sizeof file_40 - 1, 0},
  {"rules/one-off-admin-processes.es.md", file_41, sizeof file_41 - 1, 0},
  {"rules/one-off-admin-processes.id.md", file_42, sizeof file_42 - 1, 0},
  {"rules/one-off-admin-processes.md", file_43, sizeof file_43 - 1, 0},
  {"rules/one-off-admin-processes.pt-BR.md", file_44, sizeof file_44 - 1, 0},
  {"rules/port-binding.es.md", file_45, sizeof file_45 - 1, 0},
  {"rules/port-binding.id.md", file_46, sizeof file_46 - 1, 0},
  {"rules/port-binding.md", file_47, sizeof file_47 - 1, 0},
  {"rules/port-binding.pt-BR.md", file_48, sizeof file_48 - 1, 0},
  {"rules/process-concurrency.es.md", file_49, sizeof file_49 - 1, 0},
  {"rules/process-concurrency.id.md", file_50, sizeof file_50 - 1, 0},
  {"rules/process-concurrency.md", file_51, sizeof file_51 - 1, 0},
  {"rules/process-concurrency.pt-BR.md", file_52, sizeof file_52 - 1, 0},
  {"rules/stateless-processes.es.md", file_53, sizeof file_53 - 1, 0},
  {"rules/stateless-processes.id.md", file_54, sizeof file_54 - 1, 0},
  {"rules/stateless-processes.md", file_55, sizeof file_55 - 1, 0},
  {"rules/stateless-processes.pt-BR.md", file_56, sizeof file_56 - 1, 0},
  {"rules/twelve-factor.es.md", file_57, sizeof file_57 - 1, 0},
  {"rules/twelve-factor.id.md", file_58, sizeof file_58 - 1, 0},
  {"rules/twelve-factor.md", file_59, sizeof file_59 - 1, 0},
  {"rules/twelve-factor.pt-BR.md", file_60, sizeof file_60 - 1, 0},
  {"skills/audit-twelve-factor/SKILL.md", file_61, sizeof file_61 - 1, 0},
  {"skills/audit-twelve-factor/references/checklist.md", file_62, sizeof file_62 - 1, 0},
  {"skills/audit-twelve-factor/scripts/inventory.sh", file_63, sizeof file_63 - 1, 1},
  {"skills/edit-canonical-tree/SKILL.md", file_64, sizeof file_64 - 1, 0},
  {"skills/edit-canonical-tree/references/format.md", file_65, sizeof file_65 - 1, 0},
  {"skills/edit-canonical-tree/scripts/which-source.sh", file_66, sizeof file_66 - 1, 1},
  {"skills/write-rule/SKILL.md", file_67, sizeof file_67 - 1, 0},
  {"skills/write-rule/references/checks.md", file_68, sizeof file_68 - 1, 0},
  {"skills/write-rule/references/rule-template.md", file_69, sizeof file_69 - 1, 0},
};
const struct aiwg_shipped_file *const aiwg_shipped_files = files;
const size_t aiwg_shipped_count = 70;
