{{/* The arguments of the container, as a list: every option of gearshift run has a value. */}}
{{- define "gearshift.arguments" -}}
- run
{{- with .Values.watchNamespaces }}
- --watch-namespaces={{ sortAlpha . | uniq | join "," }}
{{- end }}
- --{{ .Values.leaderElection | ternary "" "no-" }}leader-election
- --planning-interval={{ .Values.planningInterval }}
- --scrape-interval={{ .Values.scrapeInterval }}
- --metrics-port={{ .Values.metricsPort }}
- --health-port={{ .Values.healthPort }}
- --log-format={{ .Values.logFormat }}
{{- with .Values.prometheus }}
{{- if .url }}
- {{ printf "--prometheus-url=%s" .url | toJson }}
- --prometheus-scrape-interval={{ .scrapeInterval }}
- --prometheus-timeout={{ .timeout }}
{{- range $name, $value := .headers }}
- {{ printf "--prometheus-header=%s=%s" $name $value | toJson }}
{{- end }}
{{- range $name, $value := .matchers }}
- {{ printf "--prometheus-matcher=%s=%s" $name $value | toJson }}
{{- end }}
- --prometheus-namespace-label={{ .namespaceLabel }}
- --prometheus-pod-label={{ .podLabel }}
- --{{ .prices | ternary "" "no-" }}prometheus-prices
{{- with .bearerTokenFile }}
- {{ printf "--prometheus-bearer-token-file=%s" . | toJson }}
{{- end }}
{{- with .caFile }}
- {{ printf "--prometheus-ca-file=%s" . | toJson }}
{{- end }}
{{- with .certFile }}
- {{ printf "--prometheus-cert-file=%s" . | toJson }}
{{- end }}
{{- with .keyFile }}
- {{ printf "--prometheus-key-file=%s" . | toJson }}
{{- end }}
{{- end }}
{{- end }}
{{- range .Values.extraArgs }}
- {{ toJson . }}
{{- end }}
{{- end -}}
