"""One exercise a file: its text, its hints, a model answer, and how an answer is judged."""
