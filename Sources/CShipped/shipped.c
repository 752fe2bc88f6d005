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
#embed "../../commands/add-rule.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_3[] = {
#embed "../../commands/review-context.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_4[] = {
#embed "../../platforms.yaml" suffix(, 0) if_empty(0)
};
static const unsigned char file_5[] = {
#embed "../../rules/canonical-tree.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_6[] = {
#embed "../../rules/disposable-processes.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_7[] = {
#embed "../../rules/stateless-processes.es.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_8[] = {
#embed "../../rules/stateless-processes.id.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_9[] = {
#embed "../../rules/stateless-processes.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_10[] = {
#embed "../../rules/stateless-processes.pt-BR.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_11[] = {
#embed "../../skills/edit-canonical-tree/SKILL.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_12[] = {
#embed "../../skills/edit-canonical-tree/scripts/which-source.sh" suffix(, 0) if_empty(0)
};
static const unsigned char file_13[] = {
#embed "../../skills/write-rule/SKILL.md" suffix(, 0) if_empty(0)
};
static const unsigned char file_14[] = {
#embed "../../skills/write-rule/references/rule-template.md" suffix(, 0) if_empty(0)
};

static const struct aiwg_shipped_file files[] = {
  {"agents/context-reviewer.md", file_0, sizeof file_0 - 1, 0},
  {"agents/process-state-auditor.md", file_1, sizeof file_1 - 1, 0},
  {"commands/add-rule.md", file_2, sizeof file_2 - 1, 0},
  {"commands/review-context.md", file_3, sizeof file_3 - 1, 0},
  {"platforms.yaml", file_4, sizeof file_4 - 1, 0},
  {"rules/canonical-tree.md", file_5, sizeof file_5 - 1, 0},
  {"rules/disposable-processes.md", file_6, sizeof file_6 - 1, 0},
  {"rules/stateless-processes.es.md", file_7, sizeof file_7 - 1, 0},
  {"rules/stateless-processes.id.md", file_8, sizeof file_8 - 1, 0},
  {"rules/stateless-processes.md", file_9, sizeof file_9 - 1, 0},
  {"rules/stateless-processes.pt-BR.md", file_10, sizeof file_10 - 1, 0},
  {"skills/edit-canonical-tree/SKILL.md", file_11, sizeof file_11 - 1, 0},
  {"skills/edit-canonical-tree/scripts/which-source.sh", file_12, sizeof file_12 - 1, 1},
  {"skills/write-rule/SKILL.md", file_13, sizeof file_13 - 1, 0},
  {"skills/write-rule/references/rule-template.md", file_14, sizeof file_14 - 1, 0},
};
const struct aiwg_shipped_file *const aiwg_shipped_files = files;
const size_t aiwg_shipped_count = 15;
