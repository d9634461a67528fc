(window.vaultData=window.vaultData||{})['search/undated']='{"urls":["notes/gpt-3","notes/t5"],"texts":["undated-0","undated-0"],"index":{"fields":["text","abstract"],"number":2,"terms":""}}';
