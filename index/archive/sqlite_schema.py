"""The tables of the embedded engine."""

# Raise it when the tables change, or when what they hold of the same article would.
FORMAT = 11

# Passage ids come from AUTOINCREMENT: growing, and never used a second time. A `seal` is the
# checksum of its row, see `index/archive/checksums.py`.
SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL, seal INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, version TEXT NOT NULL, title TEXT, author TEXT,
    source TEXT, published TEXT, url TEXT, added_at TEXT NOT NULL, n_sentences INTEGER NOT NULL,
    n_people INTEGER NOT NULL, n_statements INTEGER NOT NULL, n_passages INTEGER NOT NULL,
    seal INTEGER NOT NULL);
CREATE TABLE sentences (
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE, n INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, paragraph INTEGER NOT NULL,
    prose INTEGER NOT NULL, seal INTEGER NOT NULL, PRIMARY KEY (article_id, n)) WITHOUT ROWID;
CREATE TABLE people (
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE, n INTEGER NOT NULL,
    name TEXT NOT NULL, roles TEXT NOT NULL, kind TEXT NOT NULL, speaks INTEGER NOT NULL,
    seal INTEGER NOT NULL,
    PRIMARY KEY (article_id, n)) WITHOUT ROWID;
CREATE TABLE statements (
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE, n INTEGER NOT NULL,
    speaker_name TEXT, mention_start INTEGER, mention_end INTEGER, cue_start INTEGER,
    cue_end INTEGER, content TEXT NOT NULL, kind TEXT NOT NULL, modality TEXT, via_name TEXT,
    via_start INTEGER, via_end INTEGER, seal INTEGER NOT NULL,
    PRIMARY KEY (article_id, n)) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL REFERENCES articles ON DELETE CASCADE, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, first_sentence INTEGER NOT NULL, last_sentence INTEGER NOT NULL,
    seal INTEGER NOT NULL);
CREATE INDEX passages_of_article ON passages (article_id);
CREATE TABLE vectors (
    passage_id INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE, vector BLOB NOT NULL,
    seal INTEGER NOT NULL);
CREATE TABLE versions (
    n INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL, version TEXT NOT NULL,
    title TEXT, author TEXT, source TEXT, published TEXT, url TEXT, added_at TEXT NOT NULL,
    replaced_at TEXT NOT NULL, text TEXT NOT NULL, seal INTEGER NOT NULL);
CREATE INDEX versions_of_article ON versions (article_id);
CREATE TABLE corrections (
    n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, article_id TEXT,
    target TEXT NOT NULL UNIQUE, made_at TEXT NOT NULL, what TEXT NOT NULL, seal INTEGER NOT NULL);
CREATE INDEX corrections_of_article ON corrections (article_id);
CREATE VIRTUAL TABLE words USING fts5 (
    text, tokenize = "porter unicode61 remove_diacritics 2");
"""

# Which articles are from when, and who is who: see `index/archive/register_update.py`. By
# `context_words` articles are found that have some of the words in `contexts`.
REGISTER = """
CREATE INDEX articles_by_date ON articles (published, source, id);
CREATE TABLE bearers (
    article_id TEXT NOT NULL, n INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
    bare TEXT NOT NULL, words TEXT NOT NULL, roles TEXT NOT NULL, held TEXT NOT NULL,
    seal INTEGER NOT NULL, PRIMARY KEY (article_id, n)) WITHOUT ROWID;
CREATE INDEX bearers_by_words ON bearers (words, bare);
CREATE INDEX bearers_by_name ON bearers (name);
CREATE TABLE names (
    name TEXT PRIMARY KEY, folded TEXT NOT NULL, plain INTEGER NOT NULL, bearers INTEGER NOT NULL,
    persons INTEGER NOT NULL, bodies INTEGER NOT NULL, bare TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX names_by_folded ON names (folded);
CREATE TABLE name_parts (
    words TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (words, name)) WITHOUT ROWID;
CREATE INDEX name_parts_by_name ON name_parts (name);
CREATE TABLE keys (
    words TEXT PRIMARY KEY, pair TEXT NOT NULL, ends TEXT NOT NULL, last TEXT NOT NULL,
    size INTEGER NOT NULL, apart INTEGER NOT NULL, bearers INTEGER NOT NULL,
    joined TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX keys_by_pair ON keys (pair);
CREATE INDEX keys_by_ends ON keys (ends);
CREATE INDEX keys_by_last ON keys (last);
CREATE INDEX keys_by_joined ON keys (joined);
CREATE TABLE inner_words (
    word TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (word, words)) WITHOUT ROWID;
CREATE INDEX inner_words_by_words ON inner_words (words);
CREATE TABLE held_words (
    word TEXT NOT NULL, words TEXT NOT NULL, bearers INTEGER NOT NULL,
    PRIMARY KEY (word, words)) WITHOUT ROWID;
CREATE TABLE role_heads (word TEXT PRIMARY KEY, bearers INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE identities (key TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE found_by (
    word TEXT NOT NULL, key TEXT NOT NULL, kinds TEXT NOT NULL,
    PRIMARY KEY (word, key)) WITHOUT ROWID;
CREATE INDEX found_by_key ON found_by (key);
CREATE TABLE contexts (
    n INTEGER PRIMARY KEY AUTOINCREMENT, article_id TEXT NOT NULL UNIQUE, words TEXT NOT NULL,
    homes TEXT NOT NULL, begun TEXT NOT NULL, seal INTEGER NOT NULL);
CREATE VIRTUAL TABLE context_words USING fts5 (
    words, content = "", detail = none, columnsize = 0, tokenize = "ascii");
CREATE VIRTUAL TABLE context_vocabulary USING fts5vocab (context_words, row);
"""
