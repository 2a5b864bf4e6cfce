{{/* What every alert has besides its name and expression: a dict of rule (its values), severity, summary and description. */}}
{{- define "gearshift.alert" -}}
labels:
  {{- toYaml (mergeOverwrite (deepCopy .rule.alertLabels) (dict "severity" .severity)) | nindent 2 }}
annotations:
  summary: {{ toJson .summary }}
  description: {{ toJson .description }}
  {{- with .rule.runbookUrl }}
  runbook_url: {{ toJson . }}
  {{- end }}
{{- end -}}
