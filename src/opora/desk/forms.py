"""Forms whose fields a page draws by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms


class DrawnForm(forms.Form):
    """Fields that a page draws by itself and a room reads by itself: known here only to be compared.

    `labels` are the names of the fields for people, `begun` is what they begin with.
    """

    def __init__(self, data: Any, labels: Mapping[str, str], begun: Mapping[str, Any]) -> None:
        super().__init__(data or None, initial=dict(begun))
        for name, label in labels.items():
            self.fields[name] = forms.CharField(label=label, required=False, strip=False)
        if self.is_bound:
            self.full_clean()
