/* SPDX-License-Identifier: MIT */
#include "change/migration/framework.h"

#include "base/arena.h"
#include "base/attribute.h"
#include "base/glob.h"

#define PATTERNS(...)                                                                          \
    (const char *const[])                                                                      \
    {                                                                                          \
        __VA_ARGS__, NULL                                                                      \
    }

/* The first that matches counts: what is more special stands first. */
static const struct framework frameworks[] = {
    { "Laravel schema dump", PATTERNS("**/database/schema/*.sql", "**/database/schema/*.dump"),
      HISTORY_RESULT, WAY_BACK_NONE },
    { "Laravel",
      PATTERNS("**/database/migrations/**/*.php", "**/database/settings/**/*.php",
               "**/{Modules,modules}/*/{Database,database}/{Migrations,migrations}/**/*.php"),
      HISTORY_FIXED, WAY_BACK_FUNCTION },
    { "Rails schema", PATTERNS("**/db/*schema.rb", "**/db/*structure.sql"), HISTORY_RESULT,
      WAY_BACK_NONE },
    { "Rails", PATTERNS("**/db/migrate/**/*.rb", "**/db/*_migrate/**/*.rb", "**/db/data/*.rb"),
      HISTORY_FIXED, WAY_BACK_FUNCTION },
    { "Django", PATTERNS("**/migrations/[0-9][0-9][0-9][0-9]_*.py"), HISTORY_FIXED,
      WAY_BACK_NONE },
    { "Alembic", PATTERNS("**/alembic/versions/*.py", "**/migrations/versions/*.py"),
      HISTORY_FIXED, WAY_BACK_FUNCTION },
    { "Prisma schema", PATTERNS("**/prisma/**/schema.prisma", "**/prisma/migrations/*.toml"),
      HISTORY_RESULT, WAY_BACK_NONE },
    { "Prisma", PATTERNS("**/prisma/migrations/*/migration.sql"), HISTORY_FIXED,
      WAY_BACK_NONE },
    { "Flyway", PATTERNS("**/db/migration/**/R__*.sql", "**/sql/R__*.sql"), HISTORY_GROWS,
      WAY_BACK_NONE },
    { "Flyway undo", PATTERNS("**/db/migration/**/U*__*.sql", "**/sql/U*__*.sql"),
      HISTORY_RESULT, WAY_BACK_NONE },
    { "Flyway",
      PATTERNS("**/db/migration/**/{V,B}*__*.sql", "**/sql/{V,B}*__*.sql",
               "**/db/migration/**/V*__*.java"),
      HISTORY_FIXED, WAY_BACK_NONE },
    { "Liquibase",
      PATTERNS("**/db/changelog/**/*.{xml,yaml,yml,json,sql}",
               "**/*changelog*.{xml,yaml,yml,json,sql}"),
      HISTORY_GROWS, WAY_BACK_NONE },
    { "golang-migrate", PATTERNS("**/*.down.sql"), HISTORY_RESULT, WAY_BACK_NONE },
    { "golang-migrate", PATTERNS("**/*.up.sql"), HISTORY_FIXED, WAY_BACK_FILE },
    { "Atlas", PATTERNS("**/atlas.sum"), HISTORY_RESULT, WAY_BACK_NONE },
    { "Phinx", PATTERNS("**/db/migrations/*.php"), HISTORY_FIXED, WAY_BACK_FUNCTION },
    { "Doctrine", PATTERNS("**/migrations/**/Version*.php"), HISTORY_FIXED, WAY_BACK_FUNCTION },
    { "Ecto", PATTERNS("**/priv/repo/migrations/*.exs", "**/priv/*/migrations/*.exs"),
      HISTORY_FIXED, WAY_BACK_FUNCTION },
    { "Entity Framework model",
      PATTERNS("**/Migrations/*.Designer.cs", "**/Migrations/*ModelSnapshot.cs"),
      HISTORY_RESULT, WAY_BACK_NONE },
    { "Entity Framework", PATTERNS("**/Migrations/**/*_*.cs"), HISTORY_FIXED,
      WAY_BACK_FUNCTION },
    { "dbmate", PATTERNS("**/db/migrations/*.sql"), HISTORY_FIXED, WAY_BACK_SECTION },
    { "drizzle", PATTERNS("**/drizzle/**/*.sql"), HISTORY_FIXED, WAY_BACK_NONE },
    { "SQL migrations", PATTERNS("**/migrations/*_*.sql", "**/migration/*_*.sql"),
      HISTORY_FIXED, WAY_BACK_SECTION },
    { "goose", PATTERNS("**/migrations/[0-9]*_*.go"), HISTORY_FIXED, WAY_BACK_NONE },
    { "JavaScript migrations",
      PATTERNS("**/migrations/*.{js,ts,cjs,mjs}", "**/src/migration/*.ts",
               "**/migration/[0-9]*.{js,ts}"),
      HISTORY_FIXED, WAY_BACK_FUNCTION },
};

static const char *const never[] = {
    "**/vendor/**", "**/node_modules/**", "**/test/**",     "**/tests/**",
    "**/spec/**",   "**/__tests__/**",    "**/fixtures/**", "**/testdata/**",
};

static bool matches(const char *pattern, struct text path, struct arena *arena)
{
    struct glob glob;
    const char *reason = NULL;
    return glob_parse(text_of(pattern), arena, &glob, &reason) && glob_matches(&glob, path);
}

static bool may_be(struct text path)
{
    /* Most changed files are none: a name in their path tells it at little cost. */
    static const char *const parts[] = { "igration", "schema",    "migrate", "changelog",
                                         "/db/",     "db/",       "sql",     "alembic",
                                         "prisma",   "database/", "drizzle", "atlas.sum" };
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        if (text_contains(path, text_of(parts[i]))) {
            return true;
        }
    }
    return false;
}

const struct framework *framework_of(struct text path)
{
    if (!may_be(path)) {
        return NULL;
    }
    CLEANUP(arena_release) struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(never); i++) {
        if (matches(never[i], path, &arena)) {
            return NULL;
        }
    }
    for (size_t i = 0; i < ARRAY_SIZE(frameworks); i++) {
        for (size_t p = 0; frameworks[i].patterns[p]; p++) {
            if (matches(frameworks[i].patterns[p], path, &arena)) {
                return &frameworks[i];
            }
        }
    }
    return NULL;
}
