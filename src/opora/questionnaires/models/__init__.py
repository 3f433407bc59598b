"""Forms and their versions, collections and those who owe answers, results of surveys made elsewhere."""

from opora.questionnaires.models.answers import Draft, Submission
from opora.questionnaires.models.collections import Collection, Respondent
from opora.questionnaires.models.forms import Questionnaire, QuestionnaireVersion
from opora.questionnaires.models.surveys import Survey, SurveyFigure

__all__ = [
    "Collection",
    "Draft",
    "Questionnaire",
    "QuestionnaireVersion",
    "Respondent",
    "Submission",
    "Survey",
    "SurveyFigure",
]
