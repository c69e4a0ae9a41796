"""What the fields of records are called that hold a question, its answer, a title, a text, and what these are about."""

from __future__ import annotations

QUESTIONS = ("question", "q", "questions", "query", "prompt")
ANSWERS = ("answer", "a", "answers", "response", "reply", "solution")
TITLES = ("title", "name", "headline", "heading", "subject", "term")
TEXTS = ("text", "body", "content", "article", "markdown", "md", "html", "content_html", "body_html", "description",
         "definition", "summary", "message")  # fmt: skip
LISTS = ("articles", "items", "data", "faq", "faqs", "questions", "entries", "results", "pages", "posts", "documents",
         "records", "rows", "topics", "messages")  # fmt: skip
ABOUT = {
    "date": ("date", "published", "published_at", "publishedat", "date_published", "datepublished", "created_at",
             "created", "pubdate", "updated_at"),
    "author": ("author", "by", "creator", "byline"),
    "publisher": ("publisher", "source", "site"),
    "url": ("url", "link", "href", "canonical_url", "permalink"),
    "licence": ("licence", "license"),
    "language": ("language", "lang"),
}  # fmt: skip
