"""The form by which a person's data are erased."""

from __future__ import annotations

from django import forms


class EraseForm(forms.Form):
    """A ground of the law, and that one knows what will happen."""

    ground = forms.CharField(
        label="Основание",
        max_length=300,
        help_text="Например: заявление от 12.05.2026. Попадёт в акт и в журнал; имени человека здесь не пишите",
    )
    is_sure = forms.BooleanField(
        label="Понимаю, что вернуть данные будет нельзя",
        error_messages={"required": "Отметьте, что знаете: вернуть данные будет нельзя"},
    )
