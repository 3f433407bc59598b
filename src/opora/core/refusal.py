"""The one exception by which the product says no to a person."""


class Refused(Exception):
    """A rule of the product does not allow the deed; the words are Russian and are shown as they stand.

    `code` is a message code of the trust contract («F-SCAN», «R-CONFLICT»…) where there is one, else empty.
    `status` is the HTTP status a page answers with.
    """

    def __init__(self, words: str, *, code: str = "", status: int = 422) -> None:
        super().__init__(words)
        self.words = words
        self.code = code
        self.status = status
