"""The best of the documents by their postings, compiled or with numpy alone, without looking at all of them."""
