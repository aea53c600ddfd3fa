/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "change/migration/judge.h"

struct row {
    const char *path;
    const char *text;
    const char
        *expected; /* "drop-column(users)@1 …", created tables as "+users", "no-way-back" */
};

static void print_scan(const struct judged *judged, struct buffer *out)
{
    for (size_t i = 0; i < judged->scan.count; i++) {
        const struct scan_finding *found = &judged->scan.findings[i];
        buffer_add_format(out, "%s%s", out->size > 0 ? " " : "",
                          migration_rules[found->rule].name);
        if (found->table.size > 0) {
            buffer_add_format(out, "(%.*s)", TEXT_ARG(found->table));
        }
    }
    for (size_t i = 0; i < judged->scan.created_count; i++) {
        buffer_add_format(out, "%s+%.*s", out->size > 0 ? " " : "",
                          TEXT_ARG(judged->scan.created[i]));
    }
    if (judged->has_no_way_back) {
        buffer_add_format(out, "%sno-way-back", out->size > 0 ? " " : "");
    }
}

static void assert_rows(const struct row *rows, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct arena arena;
        struct source source;
        struct git_file file = { .status = GIT_ADDED, .path = text_of(rows[i].path) };
        struct judged judged = { .file = &file, .framework = framework_of(file.path) };
        struct buffer out;
        arena_init(&arena);
        buffer_init(&out, 2000);
        buffer_add_string(&out, "");
        source_init(&source, file.path, text_of(rows[i].text));
        judged.source = &source;
        scan_init(&judged.scan, &arena);
        if (judged.framework) {
            judged_scan(&judged, &arena);
            print_scan(&judged, &out);
        } else {
            buffer_add_string(&out, "no migration");
        }
        if (!text_is(buffer_text(&out), rows[i].expected)) {
            print_error("%s\n%s\n  found:    %.*s\n  expected: %s\n", rows[i].path,
                        rows[i].text, TEXT_ARG(buffer_text(&out)), rows[i].expected);
            wrong++;
        }
        buffer_release(&out);
        scan_release(&judged.scan);
        arena_release(&arena);
    }
    assert_int_equal(wrong, 0);
}

#define SQL "db/migration/V1__a.sql"

static void sql_is_judged_by_statement(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { SQL, "CREATE TABLE users (id bigint NOT NULL PRIMARY KEY, email text UNIQUE);",
          "+users" },
        { SQL, "create table if not exists public.\"Orders\" (id int)", "+Orders" },
        { SQL, "CREATE UNLOGGED TABLE a (b int); CREATE TEMP TABLE c (d int);", "+a +c" },
        { SQL, "ALTER TABLE users DROP COLUMN email;", "drop-column(users)" },
        { SQL, "ALTER TABLE users DROP email, DROP IF EXISTS name;",
          "drop-column(users) drop-column(users)" },
        { SQL, "ALTER TABLE `users` DROP FOREIGN KEY fk, DROP INDEX i, DROP PRIMARY KEY;",
          "drop-index(users) add-primary-key(users)" },
        { SQL, "ALTER TABLE a DROP CONSTRAINT c; ALTER TABLE a DROP CHECK c", "" },
        { SQL, "ALTER TABLE users RENAME COLUMN a TO b;", "rename-column(users)" },
        { SQL, "ALTER TABLE users RENAME a TO b;", "rename-column(users)" },
        { SQL, "ALTER TABLE users RENAME TO people;", "rename-table(users)" },
        { SQL, "ALTER TABLE users RENAME people;", "rename-table(users)" },
        { SQL, "ALTER TABLE users RENAME INDEX a TO b;", "" },
        { SQL, "RENAME TABLE users TO people;", "rename-table(users)" },
        { SQL, "RENAME USER a TO b;", "" },
        { SQL, "DROP TABLE IF EXISTS a, b.c CASCADE;", "drop-table(a) drop-table(c)" },
        { SQL, "DROP SCHEMA old CASCADE; DROP VIEW v;", "drop-table" },
        { SQL, "TRUNCATE TABLE ONLY logs CASCADE;", "truncate(logs)" },
        { SQL, "ALTER TABLE users ALTER COLUMN a TYPE bigint USING a::bigint;",
          "change-type(users)" },
        { SQL, "ALTER TABLE users ALTER a SET DATA TYPE varchar(20)", "change-type(users)" },
        { SQL, "ALTER TABLE users ALTER a TYPE text", "" },
        { SQL, "ALTER TABLE users MODIFY COLUMN a BIGINT NOT NULL", "change-type(users)" },
        { SQL, "ALTER TABLE users CHANGE a b INT", "rename-column(users) change-type(users)" },
        { SQL, "ALTER TABLE users CHANGE COLUMN `a` `a` INT", "change-type(users)" },
        { SQL, "ALTER TABLE users ADD COLUMN a int", "" },
        { SQL, "ALTER TABLE users ADD COLUMN a int NOT NULL DEFAULT 0", "" },
        { SQL, "ALTER TABLE users ADD a text DEFAULT 'x' NOT NULL, ADD b int DEFAULT -1", "" },
        { SQL, "ALTER TABLE users ADD a text DEFAULT E'x', ADD b bool DEFAULT TRUE", "" },
        { SQL, "ALTER TABLE users ADD a text DEFAULT NULL", "" },
        { SQL, "ALTER TABLE users ADD COLUMN a uuid NOT NULL DEFAULT gen_random_uuid()",
          "add-column-default(users)" },
        { SQL, "ALTER TABLE users ADD COLUMN a timestamptz DEFAULT now()",
          "add-column-default(users)" },
        { SQL, "ALTER TABLE users ADD a TIMESTAMP DEFAULT CURRENT_TIMESTAMP",
          "add-column-default(users)" },
        { SQL, "ALTER TABLE users ADD COLUMN IF NOT EXISTS a int NOT NULL",
          "add-column-not-null(users)" },
        { SQL, "ALTER TABLE users ADD (a int NOT NULL, b decimal(5,2))",
          "add-column-not-null(users)" },
        { SQL, "ALTER TABLE users ADD a bigserial", "add-column-rewrite(users)" },
        { SQL, "ALTER TABLE users ADD a int GENERATED ALWAYS AS (b + 1) STORED",
          "add-column-rewrite(users)" },
        { SQL, "ALTER TABLE users ADD a int GENERATED ALWAYS AS (b) VIRTUAL NOT NULL", "" },
        { SQL, "ALTER TABLE users ADD a int UNIQUE REFERENCES b (id) CHECK (a > 0)",
          "add-unique(users) add-foreign-key(users) add-check(users)" },
        { SQL, "ALTER TABLE users ADD a int PRIMARY KEY", "add-primary-key(users)" },
        { SQL, "ALTER TABLE users ADD a json; ALTER TABLE users ADD b jsonb",
          "json-column(users)" },
        { SQL, "ALTER TABLE users ALTER COLUMN a SET NOT NULL", "set-not-null(users)" },
        { SQL, "ALTER TABLE users ALTER a DROP NOT NULL, ALTER b SET DEFAULT 1", "" },
        { SQL, "ALTER TABLE users ALTER a ADD GENERATED ALWAYS AS IDENTITY",
          "add-column-rewrite(users)" },
        { SQL, "ALTER TABLE users ALTER INDEX i INVISIBLE", "" },
        { SQL, "ALTER TABLE users ADD CONSTRAINT c CHECK (a > 0)", "add-check(users)" },
        { SQL, "ALTER TABLE users ADD CONSTRAINT c CHECK (a > 0) NOT VALID", "" },
        { SQL, "ALTER TABLE users ADD CHECK (a > 0)", "add-check(users)" },
        { SQL, "ALTER TABLE ONLY users ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b(id)",
          "add-foreign-key(users)" },
        { SQL, "ALTER TABLE users ADD FOREIGN KEY (a) REFERENCES b(id) NOT VALID", "" },
        { SQL, "ALTER TABLE users ADD CONSTRAINT u UNIQUE (a)", "add-unique(users)" },
        { SQL, "ALTER TABLE users ADD CONSTRAINT u UNIQUE USING INDEX i", "" },
        { SQL, "ALTER TABLE users ADD UNIQUE INDEX i (a), ADD INDEX j (b), ADD FULLTEXT k (c)",
          "add-unique(users) add-index(users) add-fulltext-index(users)" },
        { SQL, "ALTER TABLE users ADD PRIMARY KEY (a)", "add-primary-key(users)" },
        { SQL, "ALTER TABLE users ADD CONSTRAINT e EXCLUDE USING gist (a WITH &&)",
          "add-primary-key(users)" },
        { SQL, "ALTER TABLE users VALIDATE CONSTRAINT c", "" },
        { SQL, "ALTER TABLE users ADD PARTITION (PARTITION p1 VALUES LESS THAN (1))", "" },
        { SQL, "ALTER TABLE users CONVERT TO CHARACTER SET utf8mb4", "copy-table(users)" },
        { SQL, "ALTER TABLE users ADD a int, ALGORITHM=INPLACE, LOCK=NONE", "" },
        { SQL, "ALTER TABLE users ADD a int, ALGORITHM=COPY", "copy-table(users)" },
        { SQL, "ALTER TABLE users ENGINE=InnoDB", "copy-table(users)" },
        { SQL, "ALTER TYPE mood RENAME VALUE 'a' TO 'b'", "rename-enum-value" },
        { SQL, "ALTER TYPE mood ADD VALUE 'c'", "" },
        { SQL, "ALTER SEQUENCE s RESTART", "" },
        { SQL, "CREATE INDEX i ON users (a)", "add-index(users)" },
        { SQL, "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON users (a)", "" },
        { SQL, "CREATE UNIQUE INDEX i ON ONLY users (a)", "add-unique(users)" },
        { SQL, "CREATE FULLTEXT INDEX i ON users (a)", "add-fulltext-index(users)" },
        { SQL, "DROP INDEX i; DROP INDEX CONCURRENTLY j; DROP INDEX k ON users",
          "drop-index drop-index(users)" },
        { SQL,
          "VACUUM FULL users; VACUUM users; CLUSTER users; REINDEX TABLE a;"
          "REINDEX TABLE CONCURRENTLY a; LOCK TABLE b IN SHARE MODE; OPTIMIZE TABLE c",
          "lock-table lock-table(users) lock-table lock-table(b) lock-table(c)" },
        { SQL, "UPDATE users SET a = 1", "change-rows(users)" },
        { SQL, "UPDATE users SET a = b #>> '{x}' WHERE c;\nALTER TABLE d DROP e",
          "change-rows(users) drop-column(d)" },
        { SQL, "DELETE FROM users WHERE a = 1; DELETE FROM b LIMIT 10", "change-rows(users)" },
        { SQL, "WITH x AS (SELECT 1) UPDATE users SET a = 1; WITH y AS (SELECT 1) SELECT 1",
          "change-rows" },
        { SQL, "INSERT INTO a VALUES ('DROP TABLE b; -- no')", "" },
        { SQL, "-- DROP TABLE a\n/* DROP TABLE b; */ # DROP TABLE c\nSELECT 'it''s; \"x'", "" },
        { SQL, "DO $$ BEGIN EXECUTE 'DROP TABLE a;'; END $$; CALL p(); SELECT 1",
          "unknown-sql unknown-sql" },
        { SQL, "SET lock_timeout = '10s'; BEGIN; COMMIT; ;", "" },
        { SQL, "CREATE FUNCTION f() RETURNS trigger AS $f$ BEGIN; DROP TABLE a; END $f$", "" },
        { SQL, "SELECT $1; ALTER TABLE [dbo].[a] DROP COLUMN [b]", "drop-column(a)" },
        { SQL, "INSERT INTO a VALUES ('not ended", "" },
        { SQL, "/* not ended", "" },
        { "migrations/0001_a.sql",
          "-- +goose Up\nDROP TABLE a;\n-- +goose Down\nCREATE TABLE a (b int);",
          "drop-table(a)" },
        { "migrations/0001_a.sql", "-- +goose Up\nCREATE TABLE a (b int);\n-- +goose Down\n",
          "+a no-way-back" },
        { "db/migrations/1_a.sql", "-- migrate:up\nDROP TABLE a;\n",
          "drop-table(a) no-way-back" },
        { "prisma/migrations/2026_a/migration.sql", "ALTER TABLE \"User\" DROP COLUMN \"a\";",
          "drop-column(User)" },
        { "drizzle/0000_a.sql", "ALTER TABLE `a` ADD `b` integer;--> statement-breakpoint",
          "" },
        { "prisma/schema.prisma", "model A {}", "" },
        { "vendor/x/db/migration/V1__a.sql", "DROP TABLE a", "no migration" },
        { "tests/db/migration/V1__a.sql", "DROP TABLE a", "no migration" },
        { "app/users.php", "DROP TABLE a", "no migration" },
    };
    assert_rows(rows, ARRAY_SIZE(rows));
}

#define PHP "database/migrations/2026_01_01_000000_a.php"
#define LARAVEL(up)                                                                            \
    "<?php\nreturn new class extends Migration {\n"                                            \
    "public function up(): void\n{\n" up "\n}\npublic function down(): void\n{\n"              \
    "Schema::table('x', function ($table) { $table->dropColumn('y'); });\n}\n};\n"
#define TABLE(body)                                                                            \
    LARAVEL("Schema::table('users', function (Blueprint $table) {\n" body "\n});")

static void laravels_verbs_are_understood(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { PHP,
          LARAVEL("Schema::create('users', function (Blueprint $table) { $table->id(); "
                  "$table->string('a')->unique(); $table->foreignId('b')->constrained(); });"),
          "+users" },
        { PHP, TABLE("$table->dropColumn('a');"), "drop-column(users)" },
        { PHP, TABLE("$table->dropSoftDeletes(); $table->dropConstrainedForeignId('b');"),
          "drop-column(users) drop-column(users)" },
        { PHP, TABLE("$table->renameColumn('a', 'b');"), "rename-column(users)" },
        { PHP, LARAVEL("Schema::rename('a', 'b');"), "rename-table(a)" },
        { PHP, LARAVEL("Schema::dropIfExists('a'); Schema::drop('b');"),
          "drop-table(a) drop-table(b)" },
        { PHP, TABLE("$table->string('a')->nullable();"), "" },
        { PHP, TABLE("$table->string('a')->default('x');"), "" },
        { PHP, TABLE("$table->string('a');"), "add-column-not-null(users)" },
        { PHP, TABLE("$table->string('a', 50)\n->nullable()\n->change();"),
          "change-type(users)" },
        { PHP, TABLE("$table->timestamp('a')->useCurrent();"), "add-column-default(users)" },
        { PHP, TABLE("$table->uuid('a')->default(DB::raw('(uuid())'));"),
          "add-column-default(users)" },
        { PHP, TABLE("$table->increments('a');"), "add-column-rewrite(users)" },
        { PHP, TABLE("$table->integer('a')->storedAs('b + 1');"), "add-column-rewrite(users)" },
        { PHP, TABLE("$table->integer('a')->virtualAs('b + 1'); $table->timestamps();"), "" },
        { PHP, TABLE("$table->foreignId('a')->nullable()->constrained()->cascadeOnDelete();"),
          "add-foreign-key(users)" },
        { PHP, TABLE("$table->foreign('a')->references('id')->on('b');"),
          "add-foreign-key(users)" },
        { PHP, TABLE("$table->index('a'); $table->unique(['a', 'b']); $table->primary('c');"),
          "add-index(users) add-unique(users) add-primary-key(users)" },
        { PHP, TABLE("$table->string('a')->nullable()->index();"), "add-index(users)" },
        { PHP, TABLE("$table->json('a')->nullable();"), "json-column(users)" },
        { PHP, TABLE("$table->dropIndex(['a']); $table->fullText('b');"),
          "drop-index(users) add-fulltext-index(users)" },
        { PHP, LARAVEL("DB::table('users')->update(['a' => 1]);"), "change-rows(users)" },
        { PHP, LARAVEL("DB::table('users')->where('a', 1)->limit(100)->update(['a' => 1]);"),
          "" },
        { PHP, LARAVEL("DB::statement('ALTER TABLE users DROP COLUMN a');"),
          "drop-column(users)" },
        { PHP, LARAVEL("DB::statement(<<<SQL\n  ALTER TABLE users\n  DROP COLUMN a\nSQL);"),
          "drop-column(users)" },
        { PHP, LARAVEL("DB::statement($sql);"), "unknown-sql" },
        { PHP, LARAVEL("// Schema::drop('a');\n# Schema::drop('b');\n/* Schema::drop('c'); */"),
          "" },
        { PHP,
          "<?php return new class { public function up() { Schema::drop('a'); } public "
          "function down() { // nothing\n } };",
          "drop-table(a) no-way-back" },
        { PHP, "<?php return new class { public function up() { Schema::drop('a'); } };",
          "drop-table(a) no-way-back" },
        { PHP,
          "<?php return new class { public function down() { Schema::drop('a'); } public "
          "function up() { } };",
          "" },
        { "db/migrations/20260101_a.php",
          "<?php class A { public function change() { $this->table('users')->removeColumn('a')"
          "->addColumn('b', 'string', ['null' => false])->save(); } }",
          "drop-column add-column-not-null" },
        { "migrations/Version20260101.php",
          "<?php class V { public function up($s): void { $this->addSql('DROP TABLE a'); } "
          "public function down($s): void { $this->throwIrreversible(); } }",
          "drop-table(a)" },
    };
    assert_rows(rows, ARRAY_SIZE(rows));
}

#define RB "db/migrate/20260101000000_a.rb"
#define RAILS(body)                                                                            \
    "class A < ActiveRecord::Migration[7.1]\n  def change\n" body "\n  end\nend\n"

static void rails_verbs_are_understood(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { RB,
          RAILS("    create_table :users do |t|\n      t.string :a, null: false\n"
                "      t.references :b, foreign_key: true\n    end"),
          "+users" },
        { RB,
          RAILS("    create_table :users do |t|\n      t.string :a\n    end\n"
                "    remove_column :orders, :b"),
          "drop-column(orders) +users" },
        { RB, RAILS("    remove_column :users, :a, :string"), "drop-column(users)" },
        { RB, RAILS("    rename_column :users, :a, :b\n    rename_table :c, :d"),
          "rename-column(users) rename-table(c)" },
        { RB, RAILS("    add_column :users, :a, :string"), "" },
        { RB, RAILS("    add_column :users, :a, :string, null: false"),
          "add-column-not-null(users)" },
        { RB,
          RAILS("    add_column :users, :a, :string,\n      null: false,\n      default: 'x'"),
          "" },
        { RB, RAILS("    add_column :users, :a, :uuid, default: -> { 'gen_random_uuid()' }"),
          "" },
        { RB, RAILS("    add_column :users, :a, :json"), "json-column(users)" },
        { RB, RAILS("    add_index :users, :a"), "add-index(users)" },
        { RB, RAILS("    add_index :users, :a, unique: true"), "add-unique(users)" },
        { RB, RAILS("    add_index :users, :a, algorithm: :concurrently"), "" },
        { RB, RAILS("    add_reference :users, :team, foreign_key: true"),
          "add-foreign-key(users)" },
        { RB,
          RAILS("    add_foreign_key :users, :teams\n"
                "    add_foreign_key :users, :b, validate: false"),
          "add-foreign-key(users)" },
        { RB, RAILS("    change_column :users, :a, :bigint"), "change-type(users)" },
        { RB, RAILS("    change_column_null :users, :a, false"), "set-not-null(users)" },
        { RB,
          RAILS("    change_table :users do |t|\n      t.remove :a\n      t.rename :b, :c\n"
                "      t.string :d, null: false\n    end"),
          "drop-column(users) rename-column(users) add-column-not-null(users)" },
        { RB, RAILS("    add_check_constraint :users, 'a > 0'"), "add-check(users)" },
        { RB, RAILS("    execute <<~SQL\n      UPDATE users SET a = 1\n    SQL"),
          "change-rows(users)" },
        { RB, RAILS("    execute \"DROP TABLE a\""), "drop-table(a)" },
        { RB, RAILS("    execute sql"), "unknown-sql" },
        { RB, RAILS("    User.update_all(a: 1)"), "change-rows" },
        { RB, RAILS("    # remove_column :users, :a"), "" },
        { RB,
          "class A\n  def up\n    drop_table :a\n  end\n\n  def down\n"
          "    raise ActiveRecord::IrreversibleMigration\n  end\nend\n",
          "drop-table(a) no-way-back" },
        { RB,
          "class A\n  def up\n    drop_table :a\n  end\n\n  def down\n    create_table :a\n"
          "  end\nend\n",
          "drop-table(a)" },
    };
    assert_rows(rows, ARRAY_SIZE(rows));
}

#define DJANGO "shop/migrations/0002_a.py"
#define OPERATIONS(body)                                                                       \
    "class Migration(migrations.Migration):\n    operations = [\n" body "\n    ]\n"
#define ALEMBIC "alembic/versions/abc_a.py"
#define UPGRADE(body)                                                                          \
    "def upgrade():\n" body "\n\n\ndef downgrade():\n    op.drop_column('x', 'y')\n"

static void pythons_verbs_are_understood(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { DJANGO,
          OPERATIONS("migrations.CreateModel(name='Order', fields=[('id', "
                     "models.AutoField(primary_key=True))]),"),
          "+Order" },
        { DJANGO,
          OPERATIONS("migrations.RemoveField(model_name='order', name='a'),\n"
                     "migrations.RenameField('order', 'b', 'c'),\n"
                     "migrations.DeleteModel(name='Old'),"),
          "drop-column(order) rename-column(order) drop-table(Old)" },
        { DJANGO,
          OPERATIONS("migrations.AddField(model_name='order', name='a', "
                     "field=models.CharField(max_length=9, null=True)),"),
          "" },
        { DJANGO,
          OPERATIONS("migrations.AddField(model_name='order', name='a', "
                     "field=models.ForeignKey(null=True, to='b')),"),
          "add-foreign-key(order)" },
        { DJANGO,
          OPERATIONS("migrations.AlterField(model_name='order', name='a', field=x),\n"
                     "migrations.AddIndex(model_name='order', index=x),"),
          "change-type(order) add-index(order)" },
        { DJANGO,
          OPERATIONS("migrations.RunSQL('UPDATE a SET b = 1'),\n"
                     "migrations.RunSQL(statements),\nmigrations.RunPython(forwards),"),
          "change-rows(a) unknown-sql unknown-sql" },
        { ALEMBIC, UPGRADE("    op.drop_column('users', 'a')"), "drop-column(users)" },
        { ALEMBIC,
          UPGRADE("    op.add_column('users', sa.Column('a', sa.String(), "
                  "nullable=False))"),
          "add-column-not-null(users)" },
        { ALEMBIC,
          UPGRADE("    op.add_column('users', sa.Column('a', sa.Boolean(), "
                  "nullable=False, server_default=sa.text('false')))"),
          "" },
        { ALEMBIC,
          UPGRADE("    op.add_column('users', sa.Column('a', sa.DateTime(), "
                  "server_default=sa.func.now()))"),
          "add-column-default(users)" },
        { ALEMBIC,
          UPGRADE("    op.create_index('i', 'users', ['a'])\n"
                  "    op.create_index('j', 'users', ['a'], "
                  "postgresql_concurrently=True)"),
          "add-index(users)" },
        { ALEMBIC,
          UPGRADE("    with op.batch_alter_table('users') as batch_op:\n"
                  "        batch_op.drop_column('a')"),
          "drop-column(a)" },
        { ALEMBIC, UPGRADE("    op.execute(\"\"\"\n    DELETE FROM users\n    \"\"\")"),
          "change-rows(users)" },
        { ALEMBIC, "def upgrade():\n    op.drop_table('a')\n\ndef downgrade():\n    pass\n",
          "drop-table(a) no-way-back" },
    };
    assert_rows(rows, ARRAY_SIZE(rows));
}

#define JS "migrations/20260101_a.js"

static void other_languages_verbs_are_understood(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { JS,
          "exports.up = function (knex) {\n  return knex.schema.createTable('a', (table) => {\n"
          "    table.increments();\n    table.string('b').notNullable();\n  });\n};\n"
          "exports.down = (knex) => knex.schema.dropTable('a');\n",
          "+a" },
        { JS,
          "exports.up = (knex) => knex.schema.alterTable('a', (table) => {\n"
          "  table.dropColumn('b');\n  table.string('c').notNullable();\n"
          "  table.string('d').nullable();\n  table.string('e').alter();\n});\n"
          "exports.down = (knex) => {};\n",
          "drop-column(a) add-column-not-null(a) change-type(a) no-way-back" },
        { JS,
          "module.exports = {\n  async up(queryInterface, Sequelize) {\n"
          "    await queryInterface.addColumn('a', 'b', {\n      type: Sequelize.STRING,\n"
          "      allowNull: false,\n    });\n    await queryInterface.removeColumn('a', 'c');\n"
          "  },\n  async down(queryInterface) {\n"
          "    await queryInterface.removeColumn('a', 'b');\n  },\n};\n",
          "add-column-not-null(a) drop-column(a)" },
        { "src/migration/1700000000000-a.ts",
          "export class A1 implements MigrationInterface {\n"
          "  public async up(queryRunner: QueryRunner): Promise<void> {\n"
          "    await queryRunner.query(`ALTER TABLE \"a\" DROP COLUMN \"b\"`);\n  }\n"
          "  public async down(queryRunner: QueryRunner): Promise<void> {\n"
          "    await queryRunner.query(`ALTER TABLE \"a\" ADD \"b\" int`);\n  }\n}\n",
          "drop-column(a)" },
        { "priv/repo/migrations/20260101_a.exs",
          "defmodule A do\n  def change do\n    create table(:a) do\n"
          "      add :b, :string, null: false\n    end\n    create index(:c, [:d])\n"
          "    create index(:c, [:e], concurrently: true)\n    drop table(:f)\n  end\nend\n",
          "add-index(c) drop-table(f) +a" },
        { "src/Migrations/20260101_A.cs",
          "public partial class A : Migration {\n"
          "protected override void Up(MigrationBuilder migrationBuilder) {\n"
          "migrationBuilder.DropColumn(name: \"b\", table: \"a\");\n"
          "migrationBuilder.AddColumn<string>(name: \"c\", table: \"a\", nullable: false);\n"
          "migrationBuilder.CreateTable(name: \"d\", columns: t => new { Id = t.Column<int>() "
          "});\n"
          "}\nprotected override void Down(MigrationBuilder migrationBuilder) {\n"
          "migrationBuilder.DropTable(name: \"d\");\n}\n}\n",
          "drop-column(a) add-column-not-null(a) +d" },
        { "migrations/00001_a.go",
          "func upA(tx *sql.Tx) error {\n  _, err := tx.Exec(`DROP TABLE a`)\n  return "
          "err\n}\n",
          "drop-table(a)" },
        { "db/changelog/a.xml",
          "<databaseChangeLog>\n<!-- <dropTable tableName=\"no\"/> -->\n"
          "<changeSet id=\"1\">\n<dropColumn tableName=\"a\" columnName=\"b\"/>\n"
          "<addColumn tableName=\"a\">\n<column name=\"c\" type=\"int\">\n"
          "<constraints nullable=\"false\"/>\n</column>\n</addColumn>\n"
          "<sql>UPDATE a SET b = 1</sql>\n</changeSet>\n</databaseChangeLog>\n",
          "drop-column(a) add-column-not-null(a)" },
        { "db/changelog/a.yaml",
          "databaseChangeLog:\n- changeSet:\n    changes:\n    - dropTable:\n"
          "        tableName: a\n    - renameColumn:\n        tableName: b\n",
          "drop-table rename-column" },
        { "db/changelog/a.json",
          "{\"databaseChangeLog\": [{\"changeSet\": {\"changes\": [{\"dropTable\": "
          "{\"tableName\": \"a\"}}]}}]}",
          "drop-table(a)" },
    };
    assert_rows(rows, ARRAY_SIZE(rows));
}

static void each_operation_of_a_list_stands_for_itself(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { DJANGO,
          OPERATIONS("migrations.AddField(model_name='a', name='x', "
                     "field=models.IntegerField()),\n"
                     "migrations.AddField(model_name='b', name='y', "
                     "field=models.IntegerField(null=False)),\n"
                     "migrations.AddField(model_name='c', name='z', "
                     "field=models.IntegerField(null=False, default=0)),"),
          "add-column-not-null(a) add-column-not-null(b)" },
        { RB,
          RAILS("    create_table(:a, id: false) do |t|\n      t.string :b\n    end\n"
                "    remove_column(:c, :d)\n    add_index(:e, :f)"),
          "drop-column(c) add-index(e) +a" },
        { JS,
          "exports.up = async (knex) => {\n  await knex.schema.dropTable('a')\n"
          "  await knex.schema\n    .alterTable('b', (t) => { t.dropColumn('c') })\n"
          "    .dropTable('d')\n}\nexports.down = (knex) => knex.schema.createTable('a')\n",
          "drop-table(a) drop-column(b) drop-table(d)" },
    };
    assert_rows(rows, ARRAY_SIZE(rows));
}

static void a_huge_migration_is_read_in_little_time(void **state)
{
    (void)state;
    struct arena arena;
    struct source source;
    struct buffer text;
    struct git_file file = { .status = GIT_ADDED, .path = TEXT(DJANGO) };
    struct judged judged = { .file = &file, .framework = framework_of(TEXT(DJANGO)) };
    arena_init(&arena);
    buffer_init(&text, 16 << 20);
    buffer_add_string(&text, "operations = [\n");
    for (int i = 0; i < 20000; i++) {
        buffer_add_string(&text, "migrations.RemoveField(model_name='a', name='b'),\n");
    }
    buffer_add_string(&text, "]\n");
    source_init(&source, file.path, buffer_text(&text));
    judged.source = &source;
    scan_init(&judged.scan, &arena);
    judged_scan(&judged, &arena);
    assert_int_equal(judged.scan.count, 20000);
    scan_release(&judged.scan);
    buffer_release(&text);
    arena_release(&arena);
}

static void rules_have_names_and_levels(void **state)
{
    (void)state;
    for (int i = 0; i < RULE_NONE; i++) {
        assert_int_equal(migration_rule_find(text_of(migration_rules[i].name)), i);
    }
    assert_int_equal(migration_rule_find(TEXT("nothing")), RULE_NONE);
    assert_int_equal(migration_rule_level(RULE_ADD_INDEX, DATABASE_POSTGRESQL),
                     MIGRATION_BLOCK);
    assert_int_equal(migration_rule_level(RULE_ADD_INDEX, DATABASE_MYSQL), MIGRATION_WARN);
    assert_int_equal(migration_rule_level(RULE_ADD_INDEX, DATABASE_UNKNOWN), MIGRATION_BLOCK);
    assert_int_equal(migration_rule_level(RULE_JSON_COLUMN, DATABASE_UNKNOWN), MIGRATION_WARN);
    assert_string_equal(migration_level_name(MIGRATION_EXPAND), "expand");
    assert_int_equal(migration_level_letter(MIGRATION_BLOCK), 'B');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sql_is_judged_by_statement),
        cmocka_unit_test(laravels_verbs_are_understood),
        cmocka_unit_test(rails_verbs_are_understood),
        cmocka_unit_test(pythons_verbs_are_understood),
        cmocka_unit_test(other_languages_verbs_are_understood),
        cmocka_unit_test(each_operation_of_a_list_stands_for_itself),
        cmocka_unit_test(a_huge_migration_is_read_in_little_time),
        cmocka_unit_test(rules_have_names_and_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
