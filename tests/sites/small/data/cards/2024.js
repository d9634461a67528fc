(window.VC=window.VC||{})["2024"]={
"01/attention-is-all-you-need":["Attention Is All You Need","2017","29 Jan 2024","","read"],
"01/bert":["BERT","2018","31 Jan 2024","","read"]
};
