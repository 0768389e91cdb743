"""Golden values for IntentMetrics from scikit-learn: python3 metrics.py > metrics.json (scikit-learn 1.9)."""
import json
import random

from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support, roc_auc_score

random.seed(7)
names = ["order_status", "return_items", "退货", "a|b", "faq/hours", "never_predicted"]
rows = []
for i in range(400):
    label = random.choice(names)
    guess = label if random.random() < 0.7 else random.choice(names[:5])
    rows.append({"label": label, "predicted": guess, "confidence": round(random.random(), 6), "score": round(random.random() + 0.3, 6)})
outside = [{"label": "out_of_scope", "predicted": random.choice(names), "confidence": round(random.random(), 6), "score": round(random.random(), 6)} for _ in range(80)]

truth, guesses = [r["label"] for r in rows], [r["predicted"] for r in rows]
precision, recall, f1, support = precision_recall_fscore_support(truth, guesses, labels=sorted(names), zero_division=0)
print(json.dumps({
    "rows": rows + outside,
    "accuracy": accuracy_score(truth, guesses),
    "macro_f1": f1_score(truth, guesses, average="macro", zero_division=0),
    "weighted_f1": f1_score(truth, guesses, average="weighted", zero_division=0),
    "micro_f1": f1_score(truth, guesses, average="micro", zero_division=0),
    "auroc": roc_auc_score([1] * len(rows) + [0] * len(outside), [r["score"] for r in rows + outside]),
    "per_intent": {n: [precision[i], recall[i], f1[i], int(support[i])] for i, n in enumerate(sorted(names))},
}, ensure_ascii=False))
